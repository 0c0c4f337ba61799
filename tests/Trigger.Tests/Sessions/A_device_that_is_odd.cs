using Trigger.Devices;
using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Tests.Sessions;

public sealed class A_device_that_is_odd : SessionSpec
{
    [Fact]
    public async Task may_not_echo_and_is_understood_after_silence()
    {
        var device = new ScriptedDevice()
            .Greets("R1#").On("terminal length 0", "\r\nR1#").On("terminal width 511", "\r\nR1#")
            .On("show clock", "\r\n12:00\r\nR1#").OnDrops("exit");

        Dial(device, "cisco_ios", Protocol.Ssh, "show clock");
        await Grant();
        for (var line = 1; line <= 3; line++)
            await Settle(device, line);

        await Expect<SessionFact.LoggedIn>();
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.Null((await Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task may_write_its_log_between_prompt_and_echo()
    {
        var device = Ready()
            .On("show clock", "show clock\r\n12:00\r\nR1#\r\n*Nov 21 07:00:00: %LINK-3-UPDOWN: Gi0/1 up\r\nR1#")
            .On("show users", "show users\r\nnobody\r\nR1#").OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show clock", "show users");
        await Grant();

        await Expect<SessionFact.LoggedIn>();
        var clock = await Expect<SessionFact.Answered>();
        Assert.StartsWith("12:00\n", clock.Output, StringComparison.Ordinal);
        Assert.Equal("nobody\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task may_change_its_name_while_it_is_configured()
    {
        var device = Ready()
            .On("configure terminal", "configure terminal\r\nR1(config)#")
            .On("hostname CORE", "hostname CORE\r\nCORE(config)#")
            .On("end", "end\r\nCORE#")
            .On("show clock", "show clock\r\n12:00\r\nCORE#").OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "configure terminal", "hostname CORE", "end", "show clock");
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        Assert.False((await Change<SessionFact.Answered>()).InWorkMode);
        await Leave();
        await Settle(device, 4);
        Assert.Equal(1, (await Expect<SessionFact.Answered>()).Step);
        Assert.True((await Change<SessionFact.Answered>()).InWorkMode);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task may_print_a_banner_line_that_looks_like_a_prompt_before_it_asks_who_is_there()
    {
        var device = new ScriptedDevice()
            .Greets("\r\nwelcome#", "\r\nUser Access Verification\r\n\r\nPassword: ")
            .On("pw-secret", "\r\nrouter# ").On("terminal length 0", "terminal length 0\r\nrouter# ")
            .On("show clock", "show clock\r\n12:00\r\nrouter# ").OnDrops("exit", "exit\r\n");

        Dial(device, "frr_vty", Protocol.Telnet, "show clock");
        await Grant();

        await Expect<SessionFact.LoggedIn>();
        await Expect<SessionFact.Answered>();
        Assert.Equal("pw-secret", device.Typed[0]);
    }

    [Fact]
    public async Task may_take_the_callers_own_goodbye_for_an_end()
    {
        var device = Ready().On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show clock", "exit");
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        await Settle(device, 3);
        await Expect<SessionFact.Answered>();
        await Leave();

        Assert.Equal(1, (await Expect<SessionFact.Answered>()).Step);
        Assert.Null((await Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task cannot_speak_through_a_line_that_was_given_up()
    {
        var device = Ready().On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show clock");
        Session.Tell(new LineNews.Closed(Call: 77, new WireFault.LineLost("the session", "long ago")), ActorRefs.NoSender);
        Session.Tell(new LineNews.Received(Call: 77, "R9#"u8.ToArray()), ActorRefs.NoSender);
        await Grant();

        Assert.Equal("R1#", (await Expect<SessionFact.LoggedIn>()).Prompt);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
    }

    private static ScriptedDevice Ready() => new ScriptedDevice()
        .Greets("R1#")
        .On("terminal length 0", "terminal length 0\r\nR1#")
        .On("terminal width 511", "terminal width 511\r\nR1#");

    private async Task Leave()
    {
        var asked = await Expect<SessionFact.WantsLeave>();
        Session.Tell(new SessionCommand.Proceed(Talk, asked.Step), Caller.Ref);
    }

    private async Task<T> Change<T>() where T : SessionFact
    {
        await Leave();
        return await Expect<T>();
    }
}
