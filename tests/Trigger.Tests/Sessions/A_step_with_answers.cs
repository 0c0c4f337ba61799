using Trigger.Devices;
using Trigger.Sessions;

namespace Trigger.Tests.Sessions;

public sealed class A_step_with_answers : SessionSpec
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public async Task answers_what_the_device_asks_in_the_callers_words(int piece)
    {
        var device = Ready().InPiecesOf(piece)
            .On("copy tftp: run", "copy tftp: run\r\nAddress or name of remote host []? ")
            .On("10.0.0.1", "10.0.0.1\r\nSource filename []? ")
            .On("new.cfg", "new.cfg\r\n120 bytes copied\r\nR1#")
            .OnDrops("exit", "exit\r\n");

        Begin(device, new Step(0, "copy tftp: run") { Answers = [new StepAnswer(@"remote host \[\]\?", "10.0.0.1"), new StepAnswer("filename.*", "new.cfg")] });
        await Grant();
        await Leave();
        for (var typed = 3; typed <= 5; typed++)
            await Settle(device, typed);

        Assert.Contains("120 bytes copied", (await Expect<SessionFact.Answered>()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task types_an_answer_once_and_leaves_the_rest_to_the_platform()
    {
        var device = Ready()
            .On("reload", "reload\r\nProceed with reload? [confirm]")
            .On("n", "n\r\nProceed with reload? [confirm]")
            .On("", "\r\nR1#");

        Begin(device, new Step(0, "reload") { Answers = [new StepAnswer("confirm.", "n")] });
        await Grant();
        await Leave();
        await Settle(device, 3);
        await Settle(device, 4);
        await device.HasHeard(5);

        Assert.Equal(1, device.Typed.Count(line => line == "n"));
    }

    [Fact]
    public async Task is_never_repeated_even_when_its_command_only_reads()
    {
        var device = Ready().On("show clock", "show clock\r\n12:00\r\nR1#");

        Begin(device, new Step(0, "show clock") { Answers = [new StepAnswer("more", "y")] });
        await Grant();
        await Expect<SessionFact.LoggedIn>();

        await Expect<SessionFact.WantsLeave>();
        Assert.DoesNotContain("show clock", device.Typed);
    }

    [Fact]
    public async Task waits_between_answers_and_not_a_tick_less()
    {
        var device = Ready().On("show clock", "show clock\r\n12:00\r\nR1#").On("show version", "show version\r\nIOS\r\nR1#").OnDrops("exit", "exit\r\n");
        Dial(device, "cisco_ios", Protocol.Ssh, stopAtError: false, [new Step(0, "show clock"), new Step(1, "show version")], TimeSpan.FromMinutes(1));
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        await Settle(device, 3);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
        await Processed(device, 3);

        Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        await Processed(device, 3);
        Assert.DoesNotContain("show version", device.Typed);
        Clock.Advance(TimeSpan.FromTicks(1));
        await device.HasHeard(4);
    }

    [Fact]
    public async Task comes_after_what_the_caller_wants_typed_first()
    {
        var device = Ready().On("terminal width 132", "terminal width 132\r\nR1#").On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n");
        Dial(device, "cisco_ios", Protocol.Ssh, stopAtError: false, [new Step(0, "show clock")], TimeSpan.Zero, "terminal width 132");
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        await Expect<SessionFact.Answered>();

        Assert.Equal(["terminal length 0", "terminal width 511", "terminal width 132", "show clock", "exit"], device.Typed);
    }

    [Theory]
    [InlineData("(", "y")]
    [InlineData("", "y")]
    [InlineData("x", "a\nb")]
    public void says_what_is_wrong_with_it(string expect, string answer) => Assert.NotNull(new StepAnswer(expect, answer).Mistake());

    private void Begin(ScriptedDevice device, Step step) => Dial(device, "cisco_ios", Protocol.Ssh, stopAtError: false, [step]);

    private async Task Leave()
    {
        await Expect<SessionFact.LoggedIn>();
        var asked = await Expect<SessionFact.WantsLeave>();
        Session.Tell(new SessionCommand.Proceed(Talk, asked.Step), Caller.Ref);
    }

    private static ScriptedDevice Ready() => new ScriptedDevice()
        .Greets("R1#")
        .On("terminal length 0", "terminal length 0\r\nR1#")
        .On("terminal width 511", "terminal width 511\r\nR1#");
}
