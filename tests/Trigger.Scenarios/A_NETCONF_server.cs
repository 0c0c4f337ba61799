using System.Diagnostics;
using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>yuma123's netconfd, which nobody here wrote, and Python's ncclient against the lab's own server.</summary>
[Collection(Datastores)]
public sealed class A_NETCONF_server(Lab lab)
{
    /// <summary>One server has one running datastore and one candidate: whoever edits them here does so one after the other.</summary>
    public const string Datastores = "netconfd's datastores";

    private const string System = "urn:ietf:params:xml:ns:yang:ietf-system";
    private const string Device = "127.0.0.1:22830";

    [Fact]
    public async Task is_read_edited_compared_and_committed()
    {
        await using var desk = Desk();
        var name = $"scenario-{Environment.ProcessId}";
        var file = desk.Write("change.xml", Hostname(name));

        Assert.Contains("urn:ietf:params:netconf:base:1.1", (await Netconf(desk, "hello")).Exits(0).Lines);
        (await Netconf(desk, "edit-config", file, "--error-option", "rollback-on-error")).Exits(0);
        var diff = (await Netconf(desk, "get-config", "running", "--diff", "candidate")).Exits(0);
        Assert.Contains(diff.Lines, line => line.StartsWith('+') && line.Contains($"<hostname>{name}</hostname>", StringComparison.Ordinal));

        // Not the candidate: this server (2.13, asked by ncclient, too) forgets at a validate what the next commit is to apply.
        (await Netconf(desk, "validate", "running")).Exits(0);
        (await Netconf(desk, "commit")).Exits(0);
        Assert.Equal(["no difference"], (await Netconf(desk, "get-config", "running", "--diff", "candidate")).Exits(0).Lines);
        var read = (await Netconf(desk, "get-config", "--json", "--filter", $"<system xmlns='{System}'><hostname/></system>")).Exits(0);
        Assert.Equal(name, Json(read).GetProperty("data").GetProperty("system").GetProperty("hostname").GetString());
        var xpath = (await Netconf(desk, "get-config", "--xpath", "/sys:system/sys:hostname", "--ns", "sys=" + System)).Exits(0);
        Assert.Contains($"<hostname>{name}</hostname>", xpath.Out, StringComparison.Ordinal);
        (await Netconf(desk, "copy-config", "running", "startup")).Exits(0);
    }

    [Fact]
    public async Task keeps_a_trial_that_is_confirmed_by_its_token_and_takes_back_one_that_is_cancelled()
    {
        await using var desk = Desk();
        (await Netconf(desk, "edit-config", Hostname("kept"))).Exits(0);
        (await Netconf(desk, "commit", "--confirm-within", "60s", "--persist", "a")).Exits(0);
        (await Netconf(desk, "commit", "--persist-id", "a")).Exits(0);
        (await Netconf(desk, "edit-config", Hostname("dropped"))).Exits(0);
        (await Netconf(desk, "commit", "--confirm-within", "60s", "--persist", "b")).Exits(0);
        var wrong = (await Netconf(desk, "commit", "--persist-id", "c", "--json")).Exits(1);
        Assert.Equal("invalid-value", Json(wrong).GetProperty("errors")[0].GetProperty("tag").GetString());
        (await Netconf(desk, "commit", "--cancel", "--persist-id", "b")).Exits(0);
        Assert.Contains("<hostname>kept</hostname>", (await Netconf(desk, "get-config")).Exits(0).Out, StringComparison.Ordinal);
        (await Netconf(desk, "discard")).Exits(0);
    }

    [Fact]
    public async Task refuses_with_tag_and_place_and_exit_code_one()
    {
        await using var desk = Desk();
        var unknown = (await Netconf(desk, "edit-config", "<nope xmlns='urn:x'/>")).Exits(1);
        Assert.Contains("unknown-namespace", unknown.Error, StringComparison.Ordinal);
        (await Netconf(desk, "edit-config", "--target", "running", Hostname("x"))).Exits(1);
        (await Netconf(desk, "rpc", "<frobnicate xmlns='urn:x'/>")).Exits(1);
        (await Netconf(desk, "kill", "4000000")).Exits(1);
    }

    [Fact]
    public async Task is_locked_for_others_while_a_lock_is_held()
    {
        await using var desk = Desk();
        var holder = desk.Start([.. Arguments(desk, "lock", "startup", "--json")]);
        Assert.Contains("\"locked\":\"startup\"", await holder.Line(), StringComparison.Ordinal);
        var denied = (await Netconf(desk, "lock", "startup", "--for", "1s", "--json")).Exits(1);
        var error = Json(denied).GetProperty("errors")[0];
        Assert.Equal("lock-denied", error.GetProperty("tag").GetString());
        (await Netconf(desk, "kill", error.GetProperty("info").GetProperty("session-id").GetString()!)).Exits(0);
        (await holder.End()).Exits(1);
        (await Netconf(desk, "lock", "startup", "--for", "10ms")).Exits(0);
    }

    [Fact]
    public async Task tells_subscribers_of_a_change()
    {
        await using var desk = Desk();
        var listener = desk.Start([.. Arguments(desk, "subscribe", "--start", "2020-01-01T00:00:00Z", "--json")]);
        while (!(await listener.Line() ?? throw new InvalidOperationException($"{await listener.End()}")).Contains("replayComplete", StringComparison.Ordinal))
            continue;

        (await Netconf(desk, "edit-config", Hostname("told"))).Exits(0);
        (await Netconf(desk, "commit")).Exits(0);
        while (!(await listener.Line())!.Contains("netconf-config-change", StringComparison.Ordinal))
            continue;

        await listener.Signal("INT");
        (await listener.End()).Exits(0);
    }

    [Fact]
    public async Task speaks_over_a_Unix_socket()
    {
        await using var desk = Desk();
        var hello = await desk.Trigger("netconf", "here", "hello", "--unix", lab.File("nc/netconf.sock"));
        Assert.Contains("urn:ietf:params:netconf:capability:candidate:1.0", hello.Exits(0).Lines);
        Assert.StartsWith("module toaster", (await desk.Trigger("netconf", "here", "schema", "toaster", "--unix", lab.File("nc/netconf.sock"))).Exits(0).Out.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task speaks_over_TLS_to_those_whose_certificate_it_believes()
    {
        await using var desk = Desk();
        string[] Tls(string who, string ca) => ["netconf", "localhost:22513", "hello", "--tls-certificate", lab.File($"tls/{who}.crt"), "--tls-key", lab.File($"tls/{who}.key"), "--tls-authorities", lab.File($"tls/{ca}.crt")];
        Assert.Contains("urn:ietf:params:xml:ns:yang:ietf-netconf-acm", (await desk.Trigger(Tls("client", "ca"))).Exits(0).Out, StringComparison.Ordinal);
        (await desk.Trigger(Tls("stranger", "ca"))).Exits(1);
        Assert.Contains("TLS", (await desk.Trigger(Tls("client", "stranger"))).Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_is_none_is_one_sentence_and_exit_code_one()
    {
        await using var desk = Desk();
        var ran = (await desk.Trigger("netconf", $"127.0.0.1:{Lab.Ssh}", "hello", "--accept-new", "--known-hosts", desk.KnownHosts)).Exits(1);
        Assert.Contains("subsystem netconf", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("{", ran.Error, StringComparison.Ordinal);
        (await desk.With("TRIGGER_PASSWORD", "wrong").Trigger("netconf", Device, "hello", "--accept-new", "--known-hosts", desk.KnownHosts)).Exits(1);
    }

    [Fact]
    public async Task is_not_dialled_when_the_command_line_is_wrong()
    {
        await using var desk = Desk();
        using var port = new SilentPort();
        var bad = (await desk.Trigger(
            "netconf", $"127.0.0.1:{port.Number}", "edit-config", "<half", "--test-option", "never", "--timeout", "soon", "--known-hosts", desk.KnownHosts)).Exits(2);
        Assert.Contains("the XML:", bad.Error, StringComparison.Ordinal);
        Assert.Contains("--test-option is 'never'", bad.Error, StringComparison.Ordinal);
        Assert.Contains("--timeout is 'soon'", bad.Error, StringComparison.Ordinal);
        Assert.False(port.WasTouched);
    }

    [Fact]
    public async Task of_the_lab_satisfies_ncclient()
    {
        await using var desk = Desk();
        var inventory = desk.File("lab.csv");
        var pretenders = desk.Start(["lab", "--devices", "2", "--platform", "juniper_junos", "--protocol", "ssh", "--inventory", inventory]);
        Assert.Equal("ready", await pretenders.Line());
        var port = File.ReadLines(inventory).ElementAt(2).Split(',')[^1];
        using var peer = new Running(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "ncclient_operations.py"), port, "lab", "lab"]), null);
        Assert.Equal("done", (await peer.End()).Exits(0).Lines[^1]);
    }

    private static string Hostname(string name) => $"<config xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><system xmlns='{System}'><hostname>{name}</hostname></system></config>";

    private static JsonElement Json(Ran ran)
    {
        using var document = JsonDocument.Parse(Assert.Single(ran.Lines));
        return document.RootElement.Clone();
    }

    private static string[] Arguments(Desk desk, params string[] arguments) => ["netconf", Device, .. arguments, "--accept-new", "--known-hosts", desk.KnownHosts];

    private static Task<Ran> Netconf(Desk desk, params string[] arguments) => desk.Trigger(Arguments(desk, arguments));

    private Desk Desk() => lab.Desk().As(Lab.Shell, Lab.Password);
}
