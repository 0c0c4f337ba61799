using System.Diagnostics;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>OpenSSH, with every way to log in that it knows.</summary>
public sealed class A_server_over_ssh(Lab lab)
{
    private const string WhoAmI = "id -un";

    [Fact]
    public async Task lets_in_by_password_and_tells_exit_statuses()
    {
        await using var desk = lab.Desk();

        var ran = (await desk.Server().Run(WhoAmI, "false", "no-such-program", "echo $?", "(exit 42)")).Exits(1);

        Assert.Equal("trgunix\n", ran.Outcomes[0].IsAccepted().Output);
        Assert.Equal("linux", ran.Outcomes[0].Platform);
        ran.Outcomes[1].Is("device_error").Says("exit status 1");
    }

    [Fact]
    public async Task tells_the_exit_status_and_the_words_of_what_failed()
    {
        await using var desk = lab.Desk();

        var ran = (await desk.Server().Run("ls /no/such/file")).Exits(1);

        ran.Only.Is("device_error").Says("exit status 2", "/no/such/file");
        Assert.Contains("No such file", ran.Only.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lets_in_by_a_key()
    {
        await using var desk = lab.Desk();
        desk.Server().As(Lab.Shell, null);

        Assert.Equal("trgunix\n", (await desk.Run(WhoAmI, "--identity", lab.File("ssh/user_ed25519"))).Exits(0).Only.Output);
    }

    [Fact]
    public async Task lets_in_by_an_encrypted_key_from_a_credentials_file()
    {
        await using var desk = lab.Desk();
        desk.Server().As("", null);
        var file = desk.Write("credentials.conf", $"username = {Lab.Shell}\nprivate-key = \"{lab.File("ssh/user_rsa")}\"\npassphrase = {Lab.KeyPassphrase}\n");

        Assert.Equal("trgunix\n", (await desk.Run(WhoAmI, "--credentials", file)).Exits(0).Only.Output);
    }

    [Fact]
    public async Task is_not_even_dialled_with_an_encrypted_key_whose_passphrase_is_wrong()
    {
        await using var desk = lab.Desk("wrong-phrase-6601");
        desk.Server().As("", null);
        var file = desk.Write("credentials.conf", $"username = {Lab.Shell}\nprivate-key = \"{lab.File("ssh/user_rsa")}\"\npassphrase = wrong-phrase-6601\n");

        Assert.Contains("passphrase is wrong", (await desk.Run(WhoAmI, "--credentials", file)).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lets_in_by_an_agent()
    {
        await using var desk = lab.Desk();
        desk.Server().As(Lab.Shell, null).With("SSH_AUTH_SOCK", desk.File("agent"));
        using var agent = new Running(new ProcessStartInfo("ssh-agent", ["-D", "-a", desk.File("agent")]), null);
        await agent.Line();
        await Tool.Run("/bin/bash", "-c", $"SSH_AUTH_SOCK='{desk.File("agent")}' exec ssh-add -q '{lab.File("ssh/user_ed25519")}'");

        Assert.Equal("trgunix\n", (await desk.Run(WhoAmI, "--agent")).Exits(0).Only.Output);
    }

    [Fact]
    public async Task lets_in_by_keyboard_interactive()
    {
        await using var desk = lab.Desk();

        Assert.Equal("trgunix\n", (await desk.Server(port: Lab.KeyboardInteractive).Run(WhoAmI)).Exits(0).Only.Output);
    }

    [Fact]
    public async Task that_is_dropbear_lets_in_by_password()
    {
        await using var desk = lab.Desk();

        Assert.Equal("trgunix\n", (await desk.Server(port: Lab.Dropbear).Run(WhoAmI)).Exits(0).Only.Output);
    }

    [Fact]
    public async Task wants_two_factors_and_gets_them()
    {
        await using var desk = lab.Desk();

        Assert.Equal("trgunix\n", (await desk.Server(port: Lab.TwoFactorSsh).Run(WhoAmI, "--identity", lab.File("ssh/user_ed25519"))).Exits(0).Only.Output);
    }

    [Fact]
    public async Task says_that_the_first_of_two_factors_was_right()
    {
        await using var desk = lab.Desk();
        desk.Server(port: Lab.TwoFactorSsh).As(Lab.Shell, null);

        (await desk.Run(WhoAmI, "--identity", lab.File("ssh/user_ed25519"))).Exits(1).Only.Is("login_refused").Says("it took publickey, and that was not enough", "password");
    }

    [Theory]
    [InlineData(Lab.Ssh)]
    [InlineData(Lab.KeyboardInteractive)]
    public async Task refuses_a_wrong_password(int port)
    {
        await using var desk = lab.Desk("not-the-password-7730");
        desk.Server(port: port).As(Lab.Shell, "not-the-password-7730");

        (await desk.Run(WhoAmI)).Exits(1).Only.Is("login_refused").Says(Lab.Shell);
    }

    [Fact]
    public async Task wants_a_credential_that_nobody_gave()
    {
        await using var desk = lab.Desk();

        (await desk.Server().As(Lab.Shell, null).Run(WhoAmI)).Exits(1).Only.Is("credential_missing");
    }

    [Fact]
    public async Task that_gives_no_terminal_is_told_from_one_that_lets_nobody_in()
    {
        await using var desk = lab.Desk();

        (await desk.Server(port: Lab.NoShellSsh).Run(WhoAmI)).Exits(1).Only.Is("shell_refused").Says("Logged in", "terminal");
    }

    [Fact]
    public async Task with_a_routers_shell_behind_it_is_a_router()
    {
        await using var desk = lab.Desk();
        desk.DevicesTellSecrets = true; // Its configuration holds its passwords in the clear.
        desk.Device("frr", "frr", "127.0.0.1", Lab.Ssh).As(Lab.Vtysh, Lab.Password);

        var ran = (await desk.Run("show version", "show bogus", "show memory staticd", "configure terminal", "debug static events", "end", "show running-config", "configure terminal",
            "no debug static events", "end")).Exits(1);

        Assert.Contains("FRRouting 8", ran.Outcomes[0].IsAccepted().Output, StringComparison.Ordinal);
        ran.Outcomes[1].Is("device_error").Says("Unknown command: show bogus");
        Assert.Contains("debug static events\n", ran.Outcomes[6].IsAccepted().Output, StringComparison.Ordinal);
        Assert.Single(ran.Outcomes, outcome => !outcome.Ok);
        Assert.Equal("frr", ran.Outcomes[0].Platform);
    }
}
