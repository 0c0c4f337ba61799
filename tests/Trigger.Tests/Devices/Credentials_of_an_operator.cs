using System.Runtime.Versioning;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Tests.Devices;

[UnsupportedOSPlatform("windows")]
public sealed class Credentials_of_an_operator : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void come_from_the_environment()
    {
        using var found = CredentialSource.Read(file: null, Variables).Credentials!;

        Assert.Equal("env-user", found.UserName);
        Assert.Equal("env-pass", Encoding.UTF8.GetString(found.Password!.Utf8));
        Assert.Equal("env-enable", Encoding.UTF8.GetString(found.EnablePassword!.Utf8));
        Assert.False(found.UseAgent);
    }

    [Fact]
    public void come_from_a_file_first_and_from_the_environment_for_what_it_lacks()
    {
        var file = File600("username = \"file-user\"\npassword = \"p$ss\"\nprivate-key = [\"/k1\", \"/k2\"]\npassphrase = \"x\"\nagent = true");

        using var found = CredentialSource.Read(file, Variables).Credentials!;

        Assert.Equal("file-user", found.UserName);
        Assert.Equal("p$ss", Encoding.UTF8.GetString(found.Password!.Utf8));
        Assert.Equal("env-enable", Encoding.UTF8.GetString(found.EnablePassword!.Utf8));
        Assert.Equal(["/k1", "/k2"], found.PrivateKeys.Select(key => key.Path));
        Assert.True(found.UseAgent);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void do_not_come_from_a_file_that_others_may_touch(UnixFileMode more)
    {
        var file = File600("username = x");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        var found = CredentialSource.Read(file, Variables);

        Assert.Null(found.Credentials);
        Assert.Contains("chmod 600", Assert.Single(found.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void do_not_come_from_what_is_not_a_regular_file()
    {
        Assert.Null(CredentialSource.Read(folder.Path, Variables).Credentials);
        Assert.Contains("cannot be read", Assert.Single(CredentialSource.Read(Path.Combine(folder.Path, "none"), Variables).Mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pasword = \"hunter2\"", ":1:11: there is no key 'pasword' in a credentials file; did you mean password?")]
    [InlineData("password = \"hunter2", ":1:12: this is not HOCON")]
    [InlineData("password = hunter2*", ":1:19: this is not HOCON")]
    [InlineData("\nagent = hunter2", ":2:9: a value here is not what its key asks for")]
    public void name_a_mistake_without_the_secret(string text, string problem)
    {
        var found = CredentialSource.Read(File600(text), Variables);

        Assert.Null(found.Credentials);
        Assert.Contains(problem, Assert.Single(found.Mistakes), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", found.Mistakes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void are_told_apart_by_an_id_that_tells_nothing()
    {
        using var one = new Credentials("lab", new Secret("hunter2"));
        using var same = new Credentials("lab", new Secret("hunter2"));
        using var other = new Credentials("lab", new Secret("hunter3"));
        using var enabling = new Credentials("lab", null, new Secret("hunter2"));

        Assert.Equal(one.Id, same.Id);
        Assert.Equal(3, new[] { one.Id, other.Id, enabling.Id }.Distinct().Count());
        Assert.DoesNotContain("hunter2", one.Id + one, StringComparison.Ordinal);
    }

    private static string? Variables(string name) => name switch
    {
        "TRIGGER_USERNAME" => "env-user",
        "TRIGGER_PASSWORD" => "env-pass",
        "TRIGGER_ENABLEPW" => "env-enable",
        _ => null,
    };

    private string File600(string text)
    {
        var file = folder.Write("credentials.conf", text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
