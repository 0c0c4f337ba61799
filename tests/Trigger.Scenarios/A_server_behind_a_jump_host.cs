using System.Diagnostics;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Real OpenSSH servers as jump hosts, and proxy commands that other people wrote.</summary>
public sealed class A_server_behind_a_jump_host(Lab lab)
{
    private const string WhereFrom = "echo from $SSH_CONNECTION";
    private const string Hop = "trgunix@127.0.0.1:22322";

    [Fact]
    public async Task is_reached_through_it_and_never_with_the_devices_password()
    {
        await using var desk = lab.Desk();
        desk.Server(address: "127.31.0.5", port: Lab.CrowdSsh);

        var ran = (await desk.Run(WhereFrom, "--jump", Hop, "--jump-credentials", Credentials(desk))).Exits(0);

        // Who connects to the device is the jump host, from an address of its own.
        Assert.StartsWith("from 127.", ran.Only.Output, StringComparison.Ordinal);
        (await desk.Run(WhereFrom, "--jump", Hop)).Exits(1).Only.Is("hop_failed").Says($"jump host {Hop}", "refused to log in", "tried nothing");
    }

    [Fact]
    public async Task is_reached_through_two_each_checked_by_its_own_key()
    {
        await using var desk = lab.Desk();
        desk.Server(address: "127.31.0.5", port: Lab.CrowdSsh);

        (await desk.Run(WhereFrom, "--jump", $"{Hop},trgunix@127.31.0.2:22326", "--jump-credentials", Credentials(desk))).Exits(0);

        var known = await File.ReadAllTextAsync(desk.KnownHosts, TestContext.Current.CancellationToken);
        foreach (var host in new[] { "[127.0.0.1]:22322", "[127.31.0.2]:22326", "[127.31.0.5]:22326" })
            Assert.Contains(host, known, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_reached_through_dropbear()
    {
        await using var desk = lab.Desk();
        desk.Server(address: "127.31.0.5", port: Lab.CrowdSsh);

        (await desk.Run(WhereFrom, "--jump", "trgunix@127.0.0.1:22329", "--jump-credentials", Credentials(desk))).Exits(0);
    }

    [Fact]
    public async Task is_not_reached_through_a_host_whose_key_nobody_knows()
    {
        await using var desk = lab.Desk();
        desk.AcceptNew = false;
        desk.Server(address: "127.31.0.5", port: Lab.CrowdSsh);

        (await desk.Run(WhereFrom, "--jump", Hop, "--jump-credentials", Credentials(desk))).Exits(1).Only.Is("hop_failed").Says(Hop, "host key", "not known");
    }

    [Fact]
    public async Task says_which_hop_would_not_connect_on()
    {
        await using var desk = lab.Desk();
        desk.As(Lab.Shell, Lab.Password).Device("nobody", "linux", "127.0.0.1", 1);

        (await desk.Run(WhereFrom, "--jump", Hop, "--jump-credentials", Credentials(desk))).Exits(1).Only.Is("hop_failed").Says(Hop, "a connection to 127.0.0.1:1", "Connection refused");
    }

    [Fact]
    public async Task is_reached_together_with_its_neighbours()
    {
        await using var desk = lab.Desk();
        desk.As(Lab.Shell, Lab.Password);
        for (var i = 1; i <= 24; i++)
            desk.Device($"d{i}", "linux", $"127.31.0.{i}", Lab.CrowdSsh);

        var ran = (await desk.Run("set -- $SSH_CONNECTION; echo $3", "--jump", Hop, "--jump-credentials", Credentials(desk))).Exits(0);

        Assert.Equal(24, ran.Outcomes.Select(outcome => outcome.Output).Distinct().Count());
    }

    [Fact]
    public async Task loses_its_line_with_the_hop_and_says_so()
    {
        await using var desk = lab.Desk();
        desk.Server(address: "127.31.0.5", port: Lab.CrowdSsh);
        var begun = await desk.Pipe("begun");

        var running = desk.Begin($"echo > '{begun}'; sleep 60", "--jump", Hop, "--jump-credentials", Credentials(desk));
        await File.ReadAllTextAsync(begun, TestContext.Current.CancellationToken);

        // The hop's own process for us: the one that holds the connection to the device.
        await Tool.Run("/bin/sh", "-c", "ss -Htnp dst 127.31.0.5:22326 | grep -o 'pid=[0-9]*' | cut -d= -f2 | sort -u | while read p; do grep -q '^sshd: trgunix' /proc/$p/cmdline && kill -9 $p; done");

        // The command had begun: nobody can say what became of it.
        (await running.End()).Exits(3).Only.Is("hop_failed", "unknown").Says(Hop);
    }

    [Fact]
    public async Task is_reached_as_an_ssh_config_says()
    {
        await using var desk = lab.Desk();
        desk.As(Lab.Shell, Lab.Password).Device("alias", "linux", "far-away", Lab.CrowdSsh);
        var config = desk.Write("config", $"""
            Host far-away
              HostName 127.31.0.5
              ProxyJump gate
            Host gate
              HostName 127.0.0.1
              Port 22322
              User trgunix
              IdentityFile {lab.File("ssh/user_ed25519")}
            """);

        (await desk.Run(WhereFrom, "--ssh-config", config)).Exits(0);
    }

    [Fact]
    public async Task is_reached_by_a_proxy_command_that_dies_with_its_line()
    {
        await using var desk = lab.Desk();
        desk.As(Lab.Shell, Lab.Password).Device("alias", "linux", "far-away", Lab.Ssh);
        var config = desk.Write("config", "Host far-away\n ProxyCommand socat - TCP:127.0.0.1:%p,keepcnt=7\n");

        (await desk.Run(WhereFrom, "--ssh-config", config)).Exits(0);

        using var left = Process.Start(new ProcessStartInfo("pgrep", ["-f", "keepcnt=7"]) { RedirectStandardOutput = true })!;
        Assert.Equal("", await left.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task is_not_dialled_when_the_ways_have_mistakes_and_all_are_told()
    {
        await using var desk = lab.Desk();
        desk.Server(address: "127.31.0.5", port: Lab.CrowdSsh);
        var config = desk.Write("config", "Port x\nMatch exec true\n");

        var error = (await desk.Run(WhereFrom, "--ssh-config", config, "--jump", "a b")).Exits(2).Error;

        foreach (var part in new[] { $"{config}:1:", $"{config}:2:", "--jump: 'a b'" })
            Assert.Contains(part, error, StringComparison.Ordinal);
    }

    // The first hop knows the key, the second only passwords.
    private string Credentials(Desk desk) =>
        desk.Write("jump.conf", $"username = {Lab.Shell}\npassword = {Lab.Password}\nprivate-key = \"{lab.File("ssh/user_ed25519")}\"\n");
}
