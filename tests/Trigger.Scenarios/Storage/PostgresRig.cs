using Npgsql;
using Trigger.Storage;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

/// <summary>A schema of its own in the server that <c>tests/lab.sh</c> has started, gone when the test is.</summary>
public sealed class PostgresRig : StorageRig
{
    private readonly string schema = "t" + Guid.NewGuid().ToString("N");
    private readonly string server;

    public PostgresRig()
        : this(Server())
    {
    }

    internal PostgresRig(string server)
    {
        this.server = server;
        Tell($"create schema {schema}");
    }

    public string Schema => schema;

    public override string Address => $"{server}&search_path={schema}";

    public string Password => PostgresAddress.Parse(server).Settings.Password!;

    public string AddressWithoutPassword => Address.Replace($":{Password}@", "@", StringComparison.Ordinal);

    /// <summary>The server's address, its password in it. The test is skipped where there is none.</summary>
    public static string Server()
    {
        var folder = Environment.GetEnvironmentVariable("TRIGGER_LAB");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "These scenarios need a PostgreSQL: run ./test.sh, which starts one and sets TRIGGER_LAB.");
        return File.ReadAllText(Path.Combine(folder!, "pg", "url")).Trim();
    }

    public override object? Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"set search_path = {schema}";
        command.ExecuteNonQuery();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Waits, in the server, until a question is answered with yes.</summary>
    public void WaitUntil(string question)
    {
        Tell($"do $$ begin for i in 1..1500 loop if ({question}) then return; end if; perform pg_sleep(0.02); end loop; raise exception 'It never came to be: {question.Replace("'", "", StringComparison.Ordinal)}'; end $$");
    }

    /// <summary>An open connection past the engine, in no schema.</summary>
    public NpgsqlConnection Connect()
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(server).Settings.ConnectionString) { Pooling = false };
        if (settings.Host!.Contains(',', StringComparison.Ordinal))
            settings.TargetSessionAttributes = "primary";
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }

    internal override Migrations Steps(params Migration[] more) => new PostgresMigrations(TimeProvider.System, [.. Migration.Of("Postgres"), .. more]);

    public override void Dispose() => Tell($"drop schema {schema} cascade");

    private void Tell(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
