using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>telnet, ssh and connect (gong) with somebody in front of them: in tmux, on real devices.</summary>
public sealed class A_person_at_a_terminal(Lab lab)
{
    [Fact]
    public async Task sees_full_screen_programs_over_Telnet_as_they_are_and_after_a_resize()
    {
        await using var desk = lab.Desk();
        await using var screen = await Screen.Open(desk, 90, 28, "telnet", "127.0.0.1", $"{Lab.Telnet}");
        await screen.See("login:");
        await screen.Type(Lab.Shell, "Enter");
        await screen.See("Password:");
        await screen.Type(Lab.Password, "Enter");
        await screen.See("$");
        await screen.Type("f=$(mktemp); seq 1 100 > $f; stty size", "Enter");
        await screen.See("28 90");
        await screen.Type("vi -u NONE $f", "Enter");
        await screen.See("27\n");

        await screen.Resize(70, 20);
        await screen.Type(":1", "Enter", "G", "L");
        await screen.See("100");
        await screen.Type(":q!", "Enter");
        await screen.See("$"); // An editor takes what is typed behind its last command with it.
        await screen.Type("until stty size | grep '20 70'; do sleep 0.1; done; rm $f", "Enter");
        await screen.See("\n20 70");

        await screen.Type("C-]");
        await screen.See("telnet>");
        await screen.Type("status", "Enter");
        await screen.See("which echoes");
        await screen.Type("C-]");
        await screen.Type("quit", "Enter");
        await screen.See("Connection closed.");
    }

    [Fact]
    public async Task finds_a_router_by_a_part_of_its_name_and_leaves_with_the_escape_key()
    {
        await using var desk = lab.Desk();
        var router = desk.As("nobody", null).Routers(1)[0];
        desk.Write(".gorc", "[init_commands]\nfrr:\n    show history\n    reload\n");
        desk.Device("another", "frr_vty", "127.0.0.1", 1, "telnet");
        var places = desk.Places();
        var log = desk.File("log");
        await using var screen = await Screen.Open(desk, 120, 40, "connect", $"{router}", "--inventory", places[1], "--transcript", log);

        await screen.See($"router-{router}#");
        await screen.Type("show version", "Enter");
        await screen.See("FRRouting 8");
        await screen.Type("C-x");
        await screen.See("BYE");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
        var kept = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        Assert.Contains("show version", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.RouterPassword, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.EnablePassword, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task chooses_among_several_and_may_type_a_refused_password_once_more()
    {
        await using var desk = lab.Desk().As(Lab.Shell, "not-the-password").Device("unix1", "linux", "127.0.0.1", Lab.Ssh).Device("unix2", "linux", "127.0.0.1", Lab.Ssh);
        var places = desk.Places();
        await using var screen = await Screen.Open(desk, 120, 40, "gong", "unix", "--inventory", places[1], "--known-hosts", desk.KnownHosts, "--accept-new");

        await screen.See("[ 2] unix2");
        await screen.Type("2", "Enter");
        await screen.See("once more");
        await screen.Type(Lab.Password, "Enter");
        await screen.See("$");
        await screen.Type("echo $TERM-$((40+2))", "Enter");
        await screen.See("-42");
        await screen.Type("exit", "Enter");
        await screen.See("BYE");
    }

    [Fact]
    public async Task is_asked_for_a_password_by_ssh_and_leaves_it_by_tilde_and_dot()
    {
        await using var desk = lab.Desk();
        await using var screen = await Screen.Open(desk, 100, 30, "ssh", "-p", $"{Lab.Ssh}", "--known-hosts", desk.KnownHosts, "--accept-new", $"{Lab.Shell}@127.0.0.1");
        await screen.See("Password of trgunix@127.0.0.1:");
        await screen.Type("wrong", "Enter");
        await screen.See("Once more:");
        await screen.Type(Lab.Password, "Enter");
        await screen.See("$");
        await screen.Type("stty size", "Enter");
        await screen.See("30 100");
        await screen.Type("Enter", "~", ".");
        await screen.See("Connection to 127.0.0.1 closed.");
    }

    [Fact]
    public async Task reaches_a_console_through_its_server()
    {
        await using var desk = lab.Desk();
        var inventory = desk.Write("oob.csv", $"nodeName,manufacturer,platform,OOBTerminalServerFQDN,OOBTerminalServerTCPPort\nr1,linux,linux,127.0.0.1,{Lab.Telnet}\n");
        await using var screen = await Screen.Open(desk, 100, 30, "gong", "--oob", "r1", "--inventory", inventory);
        var shown = await screen.See("login:");
        Assert.Contains("OOB Information for r1:", shown, StringComparison.Ordinal);
        await screen.Type("C-x");
        await screen.See("telnet>");
        await screen.Type("quit", "Enter");
        await screen.See("Connection closed.");
    }

    [Fact]
    public async Task reaches_a_console_by_SSH_when_that_is_what_its_server_speaks()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        var inventory = desk.Write("oob.csv", $"nodeName,manufacturer,platform,OOBTerminalServerFQDN,OOBTerminalServerTCPPort,OOBTerminalServerProtocol\nr1,linux,linux,127.0.0.1,{Lab.Ssh},ssh\n");
        await using var screen = await Screen.Open(desk, 100, 30, "gong", "--oob", "r1", "--inventory", inventory, "--known-hosts", desk.KnownHosts, "--accept-new");
        var shown = await screen.See("$");
        Assert.Contains($"127.0.0.1 {Lab.Ssh} (ssh)", shown, StringComparison.Ordinal);
        await screen.Type("stty size; echo $((40+2))-there", "Enter");
        shown = await screen.See("42-there");
        Assert.Contains("30 100", shown, StringComparison.Ordinal);
        await screen.Type("C-x");
        await screen.See("closed.");
    }

    [Fact]
    public async Task is_logged_in_by_the_next_account_that_fits_and_keeps_a_new_password_in_the_store()
    {
        await using var desk = lab.Desk().Device("unix1", "linux", "127.0.0.1", Lab.Ssh);
        var places = desk.Places();
        var store = desk.File("store");
        foreach (var (realm, user) in new[] { ("central", "nobody-here"), ("local", Lab.Shell) })
            (await desk.Start(["credentials", "set", realm, "--user", user, "--store", store], input: "not-the-password\n").End()).Exits(0);
        var host = new[] { "--inventory", places[1], "--known-hosts", desk.KnownHosts, "--accept-new" };
        desk.With("TRIGGER_CREDENTIALS", store);

        await using (var screen = await Screen.Open(desk, 120, 40, ["gong", "unix1", .. host]))
        {
            await screen.See($"Trying '{Lab.Shell}'.");
            await screen.See("once more");
            await screen.Type(Lab.Password, "Enter");
            await screen.See("$");
            await screen.Type("exit", "Enter");
            await screen.See("Keep it for 'local'");
            await screen.Type("Enter");
            await screen.See("Credentials updated");
        }

        var talked = await desk.Start(["connect", "unix1", .. host], input: "echo $((40+2))\nexit\n").End();
        Assert.Contains("42\n", talked.Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task may_be_a_pipe()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("unix1", "linux", "127.0.0.1", Lab.Ssh);
        var places = desk.Places();
        string[] host = ["--known-hosts", desk.KnownHosts, "--accept-new"];

        var talked = (await desk.Start(["connect", "unix1", "--inventory", places[1], .. host], input: "echo $((40+2))\nexit\n").End()).Exits(0);
        Assert.Contains("42\n", talked.Out, StringComparison.Ordinal);
        var ran = (await desk.Start(["ssh", $"{Lab.Shell}@127.0.0.1", "-p", $"{Lab.Ssh}", .. host, "id -un"]).End()).Exits(0);
        Assert.Equal("trgunix\n", ran.Out);
    }

    [Fact]
    public async Task has_a_command_s_two_streams_and_its_status_also_in_a_file_that_others_write_to()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        string[] way = ["-p", $"{Lab.Ssh}", "--known-hosts", desk.KnownHosts, "--accept-new", $"{Lab.Shell}@127.0.0.1"];
        var told = (await desk.Start(["ssh", .. way, "echo out; echo err >&2; exit 3"]).End()).Exits(3);
        Assert.Equal(("out\n", "err\n"), (told.Out, told.Error));
        (await desk.Start(["ssh", .. way, "kill -9 $$"]).End()).Exits(255);

        var log = desk.Write("log", "before\n");
        await desk.Start(["ssh", .. way, "echo during"], inside: ["/bin/sh", "-c", $"{{ \"$@\"; echo after; }} >> '{log}'", "sh"]).End();
        Assert.Equal("before\nduring\nafter\n", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task goes_through_a_jump_host_and_by_an_ssh_config()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        var key = lab.File("ssh/user_ed25519");
        string[] common = ["--known-hosts", desk.KnownHosts, "--accept-new"];
        var jumped = (await desk.Start(["ssh", "-p", $"{Lab.CrowdSsh}", "-J", $"{Lab.Shell}@127.0.0.1:{Lab.Ssh}", "--identity", key, .. common, $"{Lab.Shell}@127.31.0.5", "echo $SSH_CONNECTION; exit 7"]).End()).Exits(7);
        Assert.Contains("127.31.0.5", jumped.Out, StringComparison.Ordinal);

        var config = desk.Write("config", $"Host far\n  HostName 127.31.0.5\n  Port {Lab.CrowdSsh}\n  User {Lab.Shell}\n  ProxyJump gate\nHost gate\n  HostName 127.0.0.1\n  Port {Lab.Ssh}\n  User {Lab.Shell}\n  IdentityFile {key}\n");
        Assert.Contains("127.31.0.5", (await desk.Start(["ssh", "--ssh-config", config, .. common, "far", "echo $SSH_CONNECTION"]).End()).Exits(0).Out, StringComparison.Ordinal);

        var row = desk.Write("far.csv", $"nodeName,platform,address,port,jump\nfar,linux,127.31.0.5,{Lab.CrowdSsh},{Lab.Shell}@127.0.0.1:{Lab.Ssh}\n");
        var connected = (await desk.Start(["connect", "far", "--inventory", row, "--identity", key, .. common], input: "echo $((40+2))\nexit\n").End()).Exits(0);
        Assert.Contains("42\n", connected.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task hears_plainly_that_nobody_answers()
    {
        await using var desk = lab.Desk();
        Assert.Contains("refused the connection", (await desk.Trigger("telnet", "127.0.0.1", "1")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("refused the connection", (await desk.Trigger("ssh", "127.0.0.1", "-p", "1")).Exits(255).Error, StringComparison.Ordinal);
        Assert.Contains("must be a whole number", (await desk.Trigger("telnet", "127.0.0.1", "x")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task can_talk_with_the_lab_s_devices_by_any_client()
    {
        await using var desk = lab.Desk();
        var inventory = desk.File("lab.csv");
        var pretending = desk.Start(["lab", "--devices", "1", "--platform", "frr_vty", "--inventory", inventory]);
        Assert.Equal("ready", await pretending.Line());
        var port = (await File.ReadAllLinesAsync(inventory, TestContext.Current.CancellationToken))[1].Split(',')[7];

        await using (var screen = await Screen.OpenOther(desk, 100, 30, "telnet", "127.0.0.1", port))
        {
            await screen.See("Password:");
            await screen.Type("lab", "Enter");
            await screen.See("lab-vty-001>");
            await screen.Type("show clock", "Enter");
            await screen.See(":");
            await screen.Type("exit", "Enter");
            await screen.See("Connection closed by foreign host");
        }

        await pretending.Signal("TERM");
        await pretending.End();
    }
}
