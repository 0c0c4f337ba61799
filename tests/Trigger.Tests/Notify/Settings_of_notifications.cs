using System.Text.RegularExpressions;
using Trigger.Hocon;
using Trigger.Notify;

namespace Trigger.Tests.Notify;

public sealed class Settings_of_notifications : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-notify-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void name_listeners()
    {
        var (desk, mistakes) = Read($"mail = [{{ server = smtp.example.net, from = \"a@example.net\", to = [\"b@example.net\"], user = u, password-file = \"{Secret(0b110_000_000)}\" }}]\nwebhooks = [{{ url = \"https://x/y\", on = [finished] }}]");

        Assert.Empty(mistakes);
        Assert.True(desk.HasListeners);
    }

    [Theory]
    [InlineData("mail = [{ from = \"a@x\", to = [\"b@x\"] }]", "notifications.mail[0] has no server; add server = smtp.example.net")]
    [InlineData("mail = [{ server = s, from = \"a@x\" }]", "notifications.mail[0] names nobody to write to; add to = [\"noc@example.net\"]")]
    [InlineData("mail = [{ server = s, from = \"a\", to = [\"b@x\"] }]", "notifications.mail[0] 'a' is no mail address")]
    [InlineData("mail = [{ server = s, from = \"a@x\", to = [\"b@x\"], user = u }]", "notifications.mail[0] has a user and no password; add password-file or password-env")]
    [InlineData("mail = [{ server = s, from = \"a@x\", to = [\"b@x\"], port = 0 }]", "notifications.mail[0] port is 0; it lies between 1 and 65535")]
    [InlineData("mail = [{ server = s, from = \"a@x\", to = [\"b@x\"], starttls = false }]", "notifications.mail[0] would go to s in the clear; leave starttls = true, or say insecure = true")]
    [InlineData("webhooks = [{ url = \"http://chat/x\" }]", "notifications.webhooks[0] would go to chat in the clear; use https, or say insecure = true")]
    [InlineData("webhooks = [{ url = \"ftp://chat/x\" }]", "notifications.webhooks[0] 'url' is no address of http or https")]
    [InlineData("webhooks = [{ url = \"https://chat/x\", on = [over] }]", "notifications.webhooks[0] 'over' is nothing that is told; there are finished, failed, in-doubt, host-key")]
    [InlineData("webhooks = [{ url = \"https://chat/x\", secret = s }]", "notifications.webhooks[0] has no key 'secret'; it has insecure, on, secret-env, secret-file, url")]
    [InlineData("mails = []", "notifications has no key 'mails'; it has mail, webhooks")]
    public void that_are_wrong_are_told_with_their_line(string text, string mistake)
    {
        var (desk, mistakes) = Read(text);

        Assert.Matches($"^file:1:\\d+: {Regex.Escape(mistake)}$", Assert.Single(mistakes));
        Assert.False(desk.HasListeners);
    }

    [Fact]
    public void tell_all_mistakes_at_once() => Assert.Equal(3, Read("mail = [{ server = s, to = [\"b@x\"] }]\nwebhooks = [{ url = \"http://chat\" }]\nx = 1").Mistakes.Count);

    [Fact]
    public void let_only_this_machine_be_told_in_the_clear()
    {
        Assert.Empty(Read("webhooks = [{ url = \"http://127.0.0.1:1/x\" }, { url = \"http://[::1]:1/x\" }, { url = \"http://localhost/x\" }, { url = \"http://chat/x\", insecure = true }]").Mistakes);
        Assert.Single(Read("webhooks = [{ url = \"http://127.0.0.1.example.net/x\" }]").Mistakes);
    }

    [Fact]
    public void refuse_a_password_that_others_may_read() =>
        Assert.Contains("others may read it", Assert.Single(Read($"webhooks = [{{ url = \"https://x/y\", secret-file = \"{Secret(0b110_100_000)}\" }}]").Mistakes), StringComparison.Ordinal);

    private static (NotificationDesk Desk, List<string> Mistakes) Read(string text)
    {
        var mistakes = new List<string>();
        return (NotificationSettings.Read(Config.Parse(text, "file"), mistakes, TimeProvider.System), mistakes);
    }

    private string Secret(int mode)
    {
        var path = Path.Combine(folder, $"secret{mode}");
        File.WriteAllText(path, "s3cret\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }
}
