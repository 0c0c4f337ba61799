using Trigger.Storage;

namespace Trigger.Tests.Storage;

public sealed class The_address_of_a_server
{
    [Theory]
    [InlineData("postgres://alice:s3cret@db.example:6432/runs?sslmode=require", "db.example:6432", "alice", "s3cret", "runs")]
    [InlineData("postgresql://alice@db.example/runs", "db.example:5432", "alice", null, "runs")]
    [InlineData("POSTGRES://alice@a,b:6000/runs", "a:5432,b:6000", "alice", null, "runs")]
    [InlineData("postgres://al%40ce:p%40ss%2Fw@[::1]:6000/r%20s", "[::1]:6000", "al@ce", "p@ss/w", "r s")]
    [InlineData("postgres://alice@db.example?password=s3cret", "db.example:5432", "alice", "s3cret", "alice")]
    public void is_read_in_the_manner_of_libpq(string address, string host, string user, string? password, string database)
    {
        var read = PostgresAddress.Parse(address);

        Assert.True(Database.IsServer(address));
        Assert.Equal((host, user, password, database), (read.Settings.Host, read.Settings.Username, read.Settings.Password, read.Settings.Database));
        Assert.DoesNotContain(password ?? "no such thing", read.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://u:s3cret@host:99999/db", "a number from 1 to 65535")]
    [InlineData("postgres://u:s3cret@ho st/db", "One of its hosts")]
    [InlineData("postgres://u:s3cret@h/db/more", "postgres://user@host:5432/database")]
    [InlineData("postgres://u:s3cret@h:p@ss/db", "postgres://user@host:5432/database")]
    [InlineData("postgres://u:s3cret/x@h/db", "postgres://user@host:5432/database")]
    [InlineData("postgres://u@h/db?sslmode=sometimes&password=s3cret", "disable, allow")]
    [InlineData("postgres://u:s3cret@h/db?speed=fast", "no option 'speed'")]
    [InlineData("postgres://u:s3cret@h/db?pool=0", "pool is a number from 1 to 1000")]
    public void that_is_none_is_refused_with_a_reason_and_without_its_password(string address, string reason)
    {
        var refusal = Assert.Throws<StorageException>(() => Database.Open(address, TimeProvider.System)).Message;

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Database.WithoutPassword(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/var/lib/trigger")]
    [InlineData("state")]
    [InlineData("postgres")]
    [InlineData("./postgres://x")]
    public void is_not_a_directory(string path)
    {
        Assert.False(Database.IsServer(path));
        Assert.Equal(path, Database.WithoutPassword(path));
    }

    [Fact]
    public void where_nobody_listens_is_named_at_once_without_its_password()
    {
        var refusal = Assert.Throws<StorageException>(() => Database.Open("postgres://alice:s3cret@127.0.0.1:1/runs", TimeProvider.System)).Message;

        Assert.Contains("postgres://alice@127.0.0.1:1/runs", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refusal, StringComparison.Ordinal);
    }
}
