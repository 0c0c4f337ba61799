using Trigger.Wire.Dialogue;
using Trigger.Wire.Telnet;

namespace Trigger.Tests.Wire;

/// <summary>What every telnetlib tutorial shows, on a real inetutils telnetd.</summary>
public sealed class The_examples_of_telnetlib
{
    private const int Port = 22023;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task log_in_and_print_what_uptime_says()
    {
        await using var t = await Connect();
        var (found, _) = await LogIn(t, "labpass");
        Assert.Equal(1, found.Index);
        await t.WriteAsync("exec uptime\n");
        Assert.Matches(@"load average: \d", await t.ReadAllAsync(cancel: Cancel));
    }

    [Fact]
    public async Task give_up_when_the_password_was_refused()
    {
        await using var t = await Connect();
        var (found, previous) = await LogIn(t, "wrong");
        Assert.Equal((0, "Login incorrect"), (found.Index, found.Match.Value));
        Assert.EndsWith("Login incorrect", previous, StringComparison.Ordinal);
    }

    [Fact]
    public async Task answer_the_terminal_s_type_and_refuse_all_else()
    {
        var asked = new List<TelnetRequest>();
        await using var t = await Connect(request =>
        {
            asked.Add(request);
            return request is { Verb: TelnetVerb.Do, Option: TelnetOption.TerminalType } ? TelnetVerdict.Agree : TelnetVerdict.Refuse;
        });
        var (found, _) = await LogIn(t, "labpass");
        Assert.Equal(1, found.Index);
        await t.WriteAsync("exec echo T=$TERM\n");
        Assert.Contains("T=mypython", await t.ReadAllAsync(cancel: Cancel), StringComparison.Ordinal);
        Assert.Contains(new TelnetRequest(TelnetVerb.Do, TelnetOption.WindowSize), asked);
    }

    [Fact]
    public async Task say_too_late_instead_of_returning_half_of_it()
    {
        await using var t = await Connect();
        var late = await Assert.ThrowsAsync<DialogueTimeoutException>(() => t.ReadUntilAsync("no such thing", TimeSpan.FromSeconds(2), Cancel));
        Assert.Contains("login:", late.Text, StringComparison.Ordinal);
        Assert.Contains("login:", t.ReadEager(), StringComparison.Ordinal);
    }

    private static async Task<(ExpectMatch Found, string Text)> LogIn(TelnetSession t, string password)
    {
        await t.ReadUntilAsync("login:", cancel: Cancel);
        await t.WriteLineAsync("trgunix");
        await t.ReadUntilAsync("assword:", cancel: Cancel);
        await t.WriteSecretAsync(password);
        var found = await t.ExpectAsync(["Login incorrect", @"\$"], TimeSpan.FromSeconds(20), Cancel);
        return (found, found.Text);
    }

    private static async Task<TelnetSession> Connect(Func<TelnetRequest, TelnetVerdict>? decide = null)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TRIGGER_LAB")), "These examples need a real telnetd: run ./test.sh, which starts one and sets TRIGGER_LAB.");
        var dial = new TelnetDial { Host = "127.0.0.1", Port = Port, Limits = SshLab.Limits, TerminalType = decide is null ? "vt100" : "mypython", Decide = decide };
        return await TelnetSession.ConnectAsync(dial, cancel: Cancel);
    }
}
