using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>inetutils' telnetd, with login(1) behind it.</summary>
public sealed class A_server_over_telnet(Lab lab)
{
    [Fact]
    public async Task lets_in_and_tells_exit_statuses()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("telnet", "linux", "127.0.0.1", Lab.Telnet, "telnet");

        var ran = (await desk.Run("id -un", "ls /no/such/file", "seq 1 3000")).Exits(1);

        Assert.Equal("trgunix\n", ran.Outcomes[0].IsAccepted().Output);
        ran.Outcomes[1].Is("device_error").Says("exit status 2");
    }

    [Fact]
    public async Task gives_a_long_answer_whole()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password).Device("telnet", "linux", "127.0.0.1", Lab.Telnet, "telnet");

        var ran = (await desk.Run("seq 1 3000")).Exits(0);

        Assert.Equal(string.Concat(Enumerable.Range(1, 3000).Select(n => $"{n}\n")), ran.Only.Output);
    }

    [Fact]
    public async Task refuses_a_wrong_password_in_its_own_words()
    {
        await using var desk = lab.Desk("not-the-password-1290").As(Lab.Shell, "not-the-password-1290").Device("telnet", "linux", "127.0.0.1", Lab.Telnet, "telnet");

        (await desk.Run("id -un")).Exits(1).Only.Is("login_refused").Says("Login incorrect", Lab.Shell);
    }
}
