using System.Net.Sockets;
using System.Text;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>FRR's VTYs: a password, an enable password, a pager, and "%" before what they refuse.</summary>
public sealed class A_router_over_telnet(Lab lab)
{
    [Fact]
    public async Task answers_among_twenty_that_are_asked_at_once()
    {
        await using var desk = lab.Desk();
        var routers = desk.Routers(20);

        var ran = (await desk.Run("show version")).Exits(0);

        Assert.Equal(routers.Select(r => $"r{r}").Order(), ran.Outcomes.Select(o => o.Device).Order());
        foreach (var outcome in ran.Outcomes)
        {
            Assert.Contains($"({outcome.Device.Replace("r", "router-", StringComparison.Ordinal)})", outcome.IsAccepted().Output, StringComparison.Ordinal);
            Assert.Equal("frr_vty", outcome.Platform);
            Assert.Equal("show version", outcome.Command);
            Assert.InRange(outcome.Milliseconds, 0.001, double.MaxValue);
        }
    }

    [Fact]
    public async Task refuses_a_wrong_password()
    {
        await using var desk = lab.Desk("not-the-password-5519");
        desk.Routers(1);

        var ran = (await desk.With("TRIGGER_PASSWORD", "not-the-password-5519").Run("show version")).Exits(1);

        ran.Only.Is("login_refused");
    }

    [Fact]
    public async Task refuses_a_wrong_enable_password()
    {
        await using var desk = lab.Desk("not-the-enable-8823");
        desk.Routers(1);

        var ran = (await desk.With("TRIGGER_ENABLEPW", "not-the-enable-8823").Run("show version")).Exits(1);

        ran.Only.Is("enable_refused");
    }

    [Fact]
    public async Task wants_an_enable_password_that_nobody_gave()
    {
        await using var desk = lab.Desk();
        desk.Routers(1);

        var ran = (await desk.With("TRIGGER_ENABLEPW", null).Run("show version")).Exits(1);

        ran.Only.Is("credential_missing").Says("enable password", "TRIGGER_ENABLEPW");
    }

    [Fact]
    public async Task wants_a_password_that_nobody_gave()
    {
        await using var desk = lab.Desk();
        desk.Routers(1);

        var ran = (await desk.With("TRIGGER_PASSWORD", null).Run("show version")).Exits(1);

        ran.Only.Is("credential_missing").Says("a password", "TRIGGER_PASSWORD");
    }

    [Fact]
    public async Task says_in_its_own_words_what_it_does_not_know_and_answers_the_next()
    {
        await using var desk = lab.Desk();
        desk.Routers(1);

        var ran = (await desk.Run("show bogus", "show history")).Exits(1);

        ran.Outcomes[0].Is("device_error").Says("Unknown command: show bogus");
        Assert.Contains("Unknown command: show bogus", ran.Outcomes[0].Output, StringComparison.Ordinal);
        Assert.Contains("  show bogus\n", ran.Outcomes[1].IsAccepted().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_configured_and_renamed_in_one_session_and_answers_under_both_names()
    {
        await using var desk = lab.Desk();
        desk.DevicesTellSecrets = true; // Its configuration holds its passwords in the clear.
        var router = desk.Routers(1)[0];

        var ran = await desk.Run(
            "configure terminal", "line vty", "exec-timeout 21 0", "exit", "hostname quite.other-name", "end", "show running-config",
            "configure terminal", $"hostname router-{router}", "end", "show version");

        ran.Exits(0);
        Assert.All(ran.Outcomes, outcome => outcome.IsAccepted());
        var config = ran.Outcomes[6].Output;
        Assert.Contains("exec-timeout 21 0\n", config, StringComparison.Ordinal);
        Assert.Contains("hostname quite.other-name\n", config, StringComparison.Ordinal);
        Assert.EndsWith("end\n", config, StringComparison.Ordinal);
        Assert.Contains($"(router-{router})", ran.Outcomes[10].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_not_configured_further_behind_a_line_that_it_refuses()
    {
        await using var desk = lab.Desk();
        desk.DevicesTellSecrets = true;
        var router = desk.Routers(1)[0];

        var ran = (await desk.Run("configure terminal", "nonsense here", $"hostname must-not-be-{router}")).Exits(1);

        ran.Outcomes[1].Is("device_error").Says("nonsense here");
        ran.Outcomes[2].Is("skipped").Says("nonsense here");
        var after = (await desk.Run("show running-config")).Exits(0);
        Assert.DoesNotContain("must-not-be", after.Only.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_read_to_the_last_page_when_it_pages()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];
        Directory.CreateDirectory(desk.File("platforms"));
        desk.Write("platforms/paged.conf", "frr_paged = ${frr_vty} { on-open = [\"terminal length 7\"] }\n");
        desk.Device("paged", "frr_paged", $"127.30.0.{router}", Lab.Vty, "telnet");

        var whole = (await desk.Run("--on", $"r{router}", "--platforms", desk.File("platforms"), "list")).Exits(0);
        var paged = (await desk.Run("--on", "paged", "--platforms", desk.File("platforms"), "list")).Exits(0);

        var expected = whole.Outcomes.Single(o => o.Device != "paged").Output;
        Assert.True(expected.Count(c => c == '\n') > 40, "There is not enough to page.");
        Assert.Equal(expected, paged.Outcomes.Single(o => o.Device == "paged").Output);
    }

    [Fact]
    public async Task answers_with_nothing_but_the_answer()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];

        var ran = (await desk.Run("show history", "show memory", "show history")).Exits(0);

        Assert.Equal("  enable\n  terminal length 0\n", ran.Outcomes[0].Output);
        Assert.Equal("  enable\n  terminal length 0\n  show history\n  show memory\n", ran.Outcomes[2].Output);
        Assert.All(ran.Outcomes, o => Assert.DoesNotContain($"router-{router}#", o.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("show memory", ran.Outcomes[1].Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', ran.Outcomes[1].Output);
        Assert.DoesNotContain('\b', ran.Outcomes[1].Output);
    }

    [Fact]
    public async Task is_not_believed_when_its_banner_pretends_to_be_its_prompt()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];
        var prompt = $"router-{router}#";

        // The banner is shown before the login: the prompt in it must not be taken for the device's.
        (await desk.Run("configure terminal", $"banner motd line {prompt}", "end")).Exits(0);
        Assert.Contains(prompt, await Greeting($"127.30.0.{router}"), StringComparison.Ordinal);
        var again = (await desk.Run("show history", "configure terminal", "no banner motd", "end")).Exits(0);

        Assert.Equal("  enable\n  terminal length 0\n", again.Outcomes[0].Output);
    }

    private static async Task<string> Greeting(string address)
    {
        using var caller = new TcpClient();
        await caller.ConnectAsync(address, Lab.Vty, TestContext.Current.CancellationToken);
        var heard = new StringBuilder();
        var bytes = new byte[1024];
        while (!heard.ToString().Contains("Password:", StringComparison.Ordinal))
            heard.Append(Encoding.Latin1.GetString(bytes.AsSpan(0, await caller.GetStream().ReadAsync(bytes, TestContext.Current.CancellationToken))));
        return heard.ToString();
    }
}
