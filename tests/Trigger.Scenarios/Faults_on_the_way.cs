using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>What goes wrong before there is a prompt, and how it is called.</summary>
public sealed class Faults_on_the_way(Lab lab)
{
    [Fact]
    public async Task a_closed_port_refuses()
    {
        await using var desk = lab.Desk().Server(port: 9);

        (await desk.Run("id")).Exits(1).Only.Is("refused").Says("127.0.0.1:9");
    }

    [Fact]
    public async Task a_telnet_port_is_no_ssh_server_and_its_words_are_shown()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        desk.Device("vty", "linux", $"127.30.0.{lab.Take(1)[0]}", Lab.Vty);

        (await desk.Run("id")).Exits(1).Only.Is("not_ssh").Says("User Access Verification", "protocol=telnet");
    }

    [Theory]
    [InlineData("ssh")]
    [InlineData("telnet")]
    public async Task a_name_that_nobody_has_is_not_found(string protocol)
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("nobody", "linux", "a..b", 22, protocol);

        (await desk.Run("id")).Exits(1).Only.Is("name_not_found").Says("'a..b'");
    }

    [Theory]
    [InlineData("ssh")]
    [InlineData("telnet")]
    public async Task an_address_without_a_route_is_unreachable(string protocol)
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("far", "linux", "10.9.9.9", 22, protocol);

        // A network of its own, in which there is no route to anywhere.
        var ran = await desk.Start(["run", "--on", "all", "--json", .. desk.Places(), "id"], inside: ["unshare", "-n", "/bin/bash", "-c", "ip link set lo up && exec \"$@\"", "-"]).End();

        ran.Exits(1).Only.Is("unreachable").Says("10.9.9.9");
    }

    [Theory]
    [InlineData("ssh")]
    [InlineData("telnet")]
    public async Task a_door_at_which_nobody_is_heard_times_out(string protocol)
    {
        using var port = new SilentPort(backlog: 0);
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("deaf", "linux", "127.0.0.1", port.Number, protocol);
        await port.Fill();

        (await desk.Run("id", "--login-timeout", "1")).Exits(1).Only.Is("timed_out").Says("after 1 s", "connecting");
    }

    [Fact]
    public async Task an_ssh_server_that_never_speaks_times_out()
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().Server(port: port.Number);

        (await desk.Run("id", "--login-timeout", "1")).Exits(1).Only.Is("timed_out").Says("after 1 s", "SSH handshake", "Nothing was received");
    }

    [Fact]
    public async Task a_telnet_server_that_never_speaks_times_out()
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("mute", "linux", "127.0.0.1", port.Number, "telnet");

        (await desk.Run("id", "--login-timeout", "1")).Exits(1).Only.Is("timed_out").Says("after 1 s", "login", "Nothing was received");
    }

    [Fact]
    public async Task a_handshake_that_breaks_off_is_told_from_a_server_that_is_none()
    {
        using var port = new SilentPort();
        await using var desk = lab.Desk().Server(port: port.Number);
        var greeted = port.Greet("SSH-2.0-Broken\r\n\0\0\0\u000c\nnonsense!!!"u8.ToArray());

        var fault = (await desk.Run("id")).Exits(1).Only;
        await greeted;

        Assert.True(fault.Kind is "handshake_failed" or "line_lost", fault.ToString());
    }

    [Fact]
    public async Task a_prompt_of_another_platform_is_not_recognised_and_the_likely_ones_are_named()
    {
        await using var desk = lab.Desk();
        desk.Routers(1, platform: "cisco_xr");

        (await desk.Run("show version", "--login-timeout", "2")).Exits(1).Only.Is("prompt_not_recognised").Says("cisco_xr", "router-", "frr_vty");
    }

    [Fact]
    public async Task a_wrong_password_meets_three_devices_and_no_more()
    {
        await using var desk = lab.Desk("not-the-password-3407");
        var user = $"nobody{Guid.NewGuid():N}"[..30];
        for (var n = 1; n <= 8; n++)
            desk.Device($"d{n}", "linux", $"127.31.0.{n}", Lab.CrowdSsh);

        var ran = (await desk.As(user, "not-the-password-3407").Run("id")).Exits(1);

        Assert.Equal(3, ran.Outcomes.Count(o => o.Kind == "login_refused"));
        Assert.Equal(5, ran.Outcomes.Count(o => o.Kind == "credential_suspended"));
        Assert.Equal(3, ServersThatSaw(user));
    }

    [Fact]
    public async Task a_wrong_router_password_meets_three_routers_and_no_more()
    {
        await using var desk = lab.Desk("not-the-password-3408");
        desk.Routers(5);

        var ran = (await desk.With("TRIGGER_PASSWORD", "not-the-password-3408").Run("show version")).Exits(1);

        Assert.Equal(3, ran.Outcomes.Count(o => o.Kind == "login_refused"));
        Assert.Equal(2, ran.Outcomes.Count(o => o.Kind == "credential_suspended"));
    }

    private int ServersThatSaw(string user) =>
        Directory.EnumerateFiles(lab.File("ssh"), "crowd*.log").SelectMany(File.ReadLines).Count(line => line.Contains($"Failed password for invalid user {user}", StringComparison.Ordinal));
}
