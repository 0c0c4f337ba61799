using System.Diagnostics;
using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>A mail server that wants TLS and a login hears how runs went; tables are made of real answers.</summary>
public sealed class News_of_a_run(Lab lab)
{
    private const string Password = "smtp-s3cret";

    [Fact]
    public async Task goes_by_mail_over_TLS_to_who_wants_to_hear_of_failures()
    {
        await using var desk = lab.Desk().Server();
        using var server = Server();
        var settings = Settings(desk, await Port(server), Password);

        (await desk.Run("-c", "true", "--notify", settings)).Exits(0);
        (await desk.Run("-c", "false", "--notify", settings)).Exits(1);

        using var mail = JsonDocument.Parse((await server.Line())!);
        string? Of(string name) => mail.RootElement.GetProperty(name).GetString();
        Assert.Equal(("trigger@example.net", "auto-generated", "noc"), (Of("from"), Of("auto"), Of("user")));
        Assert.Equal(["a@example.net", "b@example.net"], mail.RootElement.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        Assert.True(mail.RootElement.GetProperty("tls").GetBoolean());
        Assert.Contains("failed: 1 devices, 0 steps accepted, 1 refused, 0 in doubt", Of("subject"), StringComparison.Ordinal);
        Assert.Contains("\n  unix  device_error:", Of("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_cannot_be_delivered_is_said_and_changes_nothing_about_the_run()
    {
        await using var desk = lab.Desk().Server();
        using var server = Server();
        var port = await Port(server);

        var refused = (await desk.Run("-c", "false", "--notify", Settings(desk, port, "not-the-s3cret"))).Exits(1);
        Assert.Contains("mail to a@example.net, b@example.net was not delivered by localhost:", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Error, StringComparison.Ordinal);
        var good = Settings(desk, port, Password);
        var untrusted = (await desk.With("SSL_CERT_FILE", lab.File("tls/stranger.crt")).Run("-c", "false", "--notify", good)).Exits(1);
        Assert.Contains("certificate", untrusted.Error, StringComparison.Ordinal);
        (await desk.Run("-c", "true", "--notify", desk.Write("bad.conf", "mail = [{ server = x }]"))).Exits(2);
    }

    [Fact]
    public async Task has_tables_where_templates_are()
    {
        await using var desk = lab.Desk().Server();
        Directory.CreateDirectory(desk.File("templates"));
        desk.Write("templates/index", "Template, Hostname, Platform, Command\nid.textfsm, .*, linux, id\n");
        desk.Write("templates/id.textfsm", "Value UID (\\d+)\nValue NAME (\\S+)\n\nStart\n  ^uid=${UID}\\(${NAME}\\) -> Record\n");

        var ran = (await desk.Run("-c", "id", "-c", "echo '{\"a\": 1}'", "-c", "true", "--parse", "--templates", desk.File("templates"))).Exits(0);

        var parsed = ran.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("parsed")).ToArray();
        Assert.Equal(Lab.Shell, parsed[0][0].GetProperty("name").GetString());
        Assert.Equal(1, parsed[1].GetProperty("a").GetInt32());
        Assert.Equal(JsonValueKind.Null, parsed[2].ValueKind);
        var (run, _) = await desk.TheRun();
        var csv = (await desk.Job("results", run, "--csv", "--parse", "--templates", desk.File("templates"))).Exits(0);
        Assert.Equal("device,command,uid,name", csv.Lines[0].TrimEnd('\r'));
        Assert.EndsWith($",{Lab.Shell}", csv.Lines[1].TrimEnd('\r'), StringComparison.Ordinal);
    }

    private Running Server() =>
        new(new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, "smtp_peer.py"), lab.File("tls/server.crt"), lab.File("tls/server.key"), "noc", Password]), null);

    private static async Task<string> Port(Running server) => (await server.Line())!.Split(' ')[1];

    private string Settings(Desk desk, string port, string password)
    {
        desk.With("SSL_CERT_FILE", lab.File("tls/ca.crt"));
        return desk.Write("notifications.conf", $"mail = [{{ server = localhost, port = {port}, starttls = true, from = \"trigger@example.net\", to = [\"a@example.net\", \"b@example.net\"], user = noc, password-file = \"{desk.Write("smtp", password)}\", on = [failed] }}]\n");
    }
}
