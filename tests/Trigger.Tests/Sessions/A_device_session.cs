using Trigger.Devices;
using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Tests.Sessions;

public sealed class A_device_session : SessionSpec
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task logs_in_over_SSH_and_hands_back_answers_without_echo_and_prompt(int piece)
    {
        var device = Ready().InPiecesOf(piece)
            .On("show clock", "show clock\r\n12:00\r\nR1#")
            .On("show version", "show version\r\nIOS 15\r\n\r\nR1#")
            .OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show clock", "show version");
        await Grant();

        Assert.Equal("R1#", (await Expect<SessionFact.LoggedIn>()).Prompt);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.Equal("IOS 15\n\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.Null((await Expect<SessionFact.Ended>()).Fault);
        Assert.Equal(["terminal length 0", "terminal width 511", "show clock", "show version", "exit"], device.Typed);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public async Task logs_in_over_Telnet_and_raises_its_privilege(int piece)
    {
        var device = new ScriptedDevice().InPiecesOf(piece)
            .Greets("\r\nUser Access Verification\r\n\r\nPassword: ")
            .On("pw-secret", "\r\nrouter> ")
            .On("enable", "enable\r\nPassword: ")
            .On("en-secret", "\r\nrouter# ")
            .On("terminal length 0", "terminal length 0\r\nrouter# ")
            .On("show clock", "show clock\r\n12:00\r\nrouter# ")
            .OnDrops("exit", "exit\r\n");

        Dial(device, "frr_vty", Protocol.Telnet, "show clock");
        await Grant();

        await Expect<SessionFact.LoggedIn>();
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.True((await Guard.Expect<CredentialUse.Judged>()).Accepted);
    }

    [Fact]
    public async Task keeps_an_answer_whole_when_the_stream_is_cut_behind_a_line_that_looks_like_the_prompt()
    {
        var device = Ready()
            .On("show run", "show run\r\nbanner\r\nR1#")
            .On("show clock", "\r\nend of banner\r\nR1#show clock\r\n12:00\r\nR1#")
            .OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show run", "show clock");
        await Grant();

        await Expect<SessionFact.LoggedIn>();
        Assert.Equal("banner\nR1#\nend of banner\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task keeps_even_the_last_answer_whole_because_the_farewell_must_echo()
    {
        var device = Ready()
            .On("show run", "show run\r\nbanner\r\nR1#")
            .OnDrops("exit", "\r\nend of banner\r\nR1#exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show run");
        await Grant();

        await Expect<SessionFact.LoggedIn>();
        Assert.Equal("banner\nR1#\nend of banner\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.Null((await Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task types_nothing_of_a_change_before_it_has_leave()
    {
        var device = Ready().On("reload", "reload\r\nR1#").OnDrops("exit");

        Dial(device, "cisco_ios", Protocol.Ssh, "reload");
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        var asked = await Expect<SessionFact.WantsLeave>();

        Assert.DoesNotContain("reload", device.Typed);
        Session.Tell(new SessionCommand.Proceed(Talk, asked.Step), Caller.Ref);
        await Expect<SessionFact.Answered>();
        Assert.Equal(1, device.Typed.Count(line => line == "reload"));
    }

    [Fact]
    public async Task does_not_type_behind_a_change_until_silence_proves_its_answer()
    {
        var device = Ready().On("write memory", "write memory\r\nBuilding configuration...\r\n[OK]\r\nR1#").On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "write memory", "show clock");
        await Grant();
        await Leave();
        await Processed(device, 3);
        Assert.DoesNotContain("show clock", device.Typed);

        Clock.Advance(TimeSpan.FromMilliseconds(19));
        await Processed(device, 3);
        Assert.DoesNotContain("show clock", device.Typed);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Building configuration...\n[OK]\n", (await Expect<SessionFact.Answered>()).Output);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task names_the_command_in_flight_when_the_line_drops()
    {
        var device = Ready().On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("show version", "show version\r\nIOS");

        Dial(device, "cisco_ios", Protocol.Ssh, "show clock", "show version", "show users");
        await Grant();

        await Expect<SessionFact.LoggedIn>();
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
        var lost = await Expect<SessionFact.Refused>();
        Assert.Equal((1, "line_lost"), (lost.Step, lost.Fault.Kind));
        Assert.Contains("show version", lost.Fault.Text, StringComparison.Ordinal);
        Assert.Equal("skipped", (await Expect<SessionFact.Ended>()).Fault!.Kind);
    }

    [Fact]
    public async Task leaves_a_change_in_doubt_when_the_line_drops_behind_it()
    {
        var device = Ready().OnDrops("reload", "reload\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "reload");
        await Grant();
        await Leave();

        Assert.Equal("line_lost", (await Expect<SessionFact.InDoubt>()).Fault.Kind);
    }

    [Fact]
    public async Task tells_an_error_from_an_answer_and_goes_on_reading()
    {
        var device = Ready()
            .On("show bogus", "show bogus\r\n       ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1#")
            .On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show bogus", "show clock");
        await Grant();
        await Expect<SessionFact.LoggedIn>();

        Assert.Equal(new DeviceFault.DeviceError("% Invalid input detected at '^' marker."), (await Expect<SessionFact.Refused>()).Fault);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task sends_nothing_behind_a_refused_change()
    {
        var device = Ready().On("interface bogus", "interface bogus\r\n% Invalid input detected at '^' marker.\r\nR1#");

        Dial(device, "cisco_ios", Protocol.Ssh, "interface bogus", "shutdown");
        await Grant();
        await Leave();
        await Settle(device, 3);

        Assert.Equal("device_error", (await Expect<SessionFact.Refused>()).Fault.Kind);
        Assert.Equal("skipped", (await Expect<SessionFact.Ended>()).Fault!.Kind);
        Assert.DoesNotContain("shutdown", device.Typed);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public async Task turns_pages_and_keeps_the_pager_out_of_the_answer(int piece)
    {
        var device = Ready().InPiecesOf(piece)
            .On("show run", "show run\r\nline 1\r\n --More-- ")
            .On(" ", "\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bline 2\r\nR1#")
            .OnDrops("exit", "exit\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show run");
        await Grant();
        await Expect<SessionFact.LoggedIn>();

        Assert.Equal("line 1\nline 2\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task answers_a_question_with_the_callers_next_line_when_that_is_an_answer()
    {
        var device = Ready()
            .On("delete flash:x", "delete flash:x\r\nDelete? [y/n]: ")
            .On("y", "y\r\nDeleted.\r\nR1#");

        Dial(device, "cisco_ios", Protocol.Ssh, "delete flash:x", "y");
        await Grant();
        await Leave();
        await Settle(device, 3);
        await Settle(device, 4);

        var first = await Expect<SessionFact.Answered>();
        Assert.Contains("Deleted.", first.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Expect<SessionFact.Answered>()).Step);
        Assert.Equal(1, device.Typed.Count(line => line == "y"));
    }

    [Fact]
    public async Task leaves_the_answer_to_a_question_in_doubt_with_the_command_that_asked()
    {
        var device = Ready()
            .On("reload", "reload\r\nProceed with reload? [y/n]: ")
            .OnDrops("y", "y\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "reload", "y", "show clock");
        await Grant();
        await Leave();
        await Settle(device, 3);

        Assert.Equal(0, (await Expect<SessionFact.InDoubt>()).Step);
        Assert.Equal(1, (await Expect<SessionFact.InDoubt>()).Step);
        Assert.Equal("skipped", (await Expect<SessionFact.Ended>()).Fault!.Kind);
    }

    [Fact]
    public async Task says_when_the_login_is_refused_and_tells_the_guard()
    {
        var device = new ScriptedDevice().Greets("Username: ").On("bob", "bob\r\nPassword: ").On("pw-secret", "\r\n% Login invalid\r\n\r\nUsername: ");

        Dial(device, "cisco_ios", Protocol.Telnet, "show clock");
        await Grant();

        Assert.IsType<DeviceFault.LoginRefused>((await Expect<SessionFact.Ended>()).Fault);
        Assert.False((await Guard.Expect<CredentialUse.Judged>()).Accepted);
    }

    [Fact]
    public async Task takes_a_repeated_password_prompt_for_a_refusal_once_the_device_falls_silent()
    {
        var device = new ScriptedDevice().Greets("Password: ").On("pw-secret", "\r\nPassword: ");

        Dial(device, "frr_vty", Protocol.Telnet, "show clock");
        await Grant();
        await Settle(device, 1);

        Assert.IsType<DeviceFault.LoginRefused>((await Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task says_when_the_enable_password_is_refused()
    {
        var device = new ScriptedDevice().Greets("Password: ").On("pw-secret", "\r\nrouter> ").On("enable", "enable\r\nPassword: ").On("en-secret", "\r\nPassword: ");

        Dial(device, "frr_vty", Protocol.Telnet, "show clock");
        await Grant();

        Assert.IsType<DeviceFault.EnableRefused>((await Expect<SessionFact.Ended>()).Fault);
        Assert.True((await Guard.Expect<CredentialUse.Judged>()).Accepted);
    }

    [Fact]
    public async Task shows_no_credential_without_the_guards_leave()
    {
        var device = new ScriptedDevice().Greets("Password: ");

        Dial(device, "frr_vty", Protocol.Telnet, "show clock");
        await Guard.Expect<CredentialUse.MayShow>();
        Guard.LastSender.Tell(new CredentialUse.Withheld(3));

        Assert.Equal(new DeviceFault.CredentialSuspended("bob", 3), (await Expect<SessionFact.Ended>()).Fault);
        Assert.Empty(device.Typed);
    }

    [Fact]
    public async Task hides_a_password_that_the_device_echoes()
    {
        var device = new ScriptedDevice().Greets("Password: ").OnDrops("pw-secret", "pw-secret\r\n");

        Dial(device, "frr_vty", Protocol.Telnet, "show clock");
        await Grant();

        var fault = (await Expect<SessionFact.Ended>()).Fault!;
        Assert.Equal("line_lost", fault.Kind);
        Assert.DoesNotContain("pw-secret", fault.Text, StringComparison.Ordinal);
        Assert.Contains("••••••", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_what_it_saw_and_whose_prompt_it_could_be_when_it_knows_no_prompt()
    {
        var device = new ScriptedDevice().Greets("RP/0/RSP0/CPU0:core1#");

        Dial(device, "juniper_junos", Protocol.Ssh, "show version");
        await Grant();
        await device.HasGreeted();
        await Processed(device, 0);
        Clock.Advance(TimeSpan.FromSeconds(30));

        var fault = Assert.IsType<DeviceFault.PromptNotRecognised>((await Expect<SessionFact.Ended>()).Fault);
        Assert.Contains("RP/0/RSP0", fault.Received, StringComparison.Ordinal);
        Assert.Contains("cisco_xr", fault.Candidates);
    }

    [Fact]
    public async Task waits_for_an_answer_until_its_limit_and_not_a_tick_longer()
    {
        var device = Ready().On("show tech", "show tech\r\nline 1\r\n");

        Dial(device, "cisco_ios", Protocol.Ssh, "show tech");
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        await Processed(device, 3);
        Clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromMilliseconds(1));
        await Processed(device, 3);
        Assert.False(device.Aborted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var refused = await Expect<SessionFact.Refused>();
        Assert.Equal(("timed_out", "line 1\n"), (refused.Fault.Kind, refused.Output));
        await Expect<SessionFact.Ended>();
        Assert.True(device.Aborted);
    }

    [Fact]
    public async Task passes_on_why_there_is_no_line()
    {
        Dial(new ScriptedDevice().FailsToConnect(new WireFault.Refused("127.0.0.1:22")), "cisco_ios", Protocol.Ssh, "show clock");

        Assert.Equal(new DeviceFault.ConnectionRefused("127.0.0.1:22"), (await Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task cuts_off_an_answer_that_never_ends()
    {
        var block = new string('x', 1024 * 1024) + "\r\n";
        var device = Ready().On("show tech", ["show tech\r\n", .. Enumerable.Repeat(block, 17)]);

        Dial(device, "cisco_ios", Protocol.Ssh, "show tech");
        await Grant();
        await Expect<SessionFact.LoggedIn>();

        Assert.Equal("too_much_output", (await Expect<SessionFact.Refused>()).Fault.Kind);
    }

    private static ScriptedDevice Ready() => new ScriptedDevice()
        .Greets("R1#")
        .On("terminal width 511", "terminal width 511\r\nR1#")
        .On("terminal length 0", "terminal length 0\r\nR1#");

    private async Task Leave()
    {
        await Expect<SessionFact.LoggedIn>();
        var asked = await Expect<SessionFact.WantsLeave>();
        Session.Tell(new SessionCommand.Proceed(Talk, asked.Step), Caller.Ref);
    }
}
