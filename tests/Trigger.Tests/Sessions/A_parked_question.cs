using Trigger.Devices;
using Trigger.Sessions;

namespace Trigger.Tests.Sessions;

public sealed class A_parked_question : SessionSpec
{
    private const string Question = "Overwrite the old image? ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task is_answered_by_a_person_and_the_outcome_is_what_followed()
    {
        var device = await Parked(On(new ScriptedDevice()).On("sure", "sure\r\nDone.\r\nR1#").On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n"));

        Session.Tell(new SessionCommand.Answer(Talk, 0, "sure", "amy"), Caller.Ref);
        Assert.Equal(new GivenAnswer(Question.Trim(), "sure", "amy"), (await Expect<SessionFact.Unparked>()).Given);
        await Settle(device, 4);

        var answered = await Expect<SessionFact.Answered>();
        Assert.Equal($"Looking around\n{Question}sure\nDone.\n", answered.Output);
        Assert.Equal([new GivenAnswer(Question.Trim(), "sure", "amy")], answered.Notes!.Answers!);
        Assert.Equal("12:00\n", (await Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task is_taken_back_with_the_platforms_key_when_a_person_says_so_and_the_rest_is_not_sent()
    {
        var device = await Parked(On(new ScriptedDevice()).On("\u0003", "^C\r\nR1#").OnDrops("exit", "exit\r\n"));

        Session.Tell(new SessionCommand.Answer(Talk, 0, null, "amy"), Caller.Ref);
        Assert.True((await Expect<SessionFact.Unparked>()).Given!.Aborted);
        await Settle(device, 4);

        Assert.Equal(new DeviceFault.QuestionAborted("frobnicate", Question.Trim(), "amy"), (await Expect<SessionFact.Refused>()).Fault);
        Assert.Equal("skipped", (await Expect<SessionFact.Ended>()).Fault!.Kind);
        Assert.DoesNotContain("show clock", device.Typed);
    }

    [Fact]
    public async Task waits_no_longer_than_it_was_told_to_however_often_the_device_prints_something()
    {
        var device = await Parked(On(new ScriptedDevice()));

        Clock.Advance(Patience - TimeSpan.FromTicks(1));
        await Processed(device, 3);
        Assert.DoesNotContain("\u0003", device.Typed);
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Null((await Expect<SessionFact.Unparked>()).Given);
        Assert.Equal("question_asked", (await Expect<SessionFact.InDoubt>()).Fault.Kind);
        Assert.Equal("\u0003", device.Typed[^1]);
    }

    [Fact]
    public async Task for_a_password_is_on_record_without_what_was_said()
    {
        var device = await Parked(On(new ScriptedDevice(), "New password: ").On("s3cret", "\r\nDone.\r\nR1#").On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n"), "New password:");

        var said = new SessionCommand.Answer(Talk, 0, "s3cret", "amy");
        Assert.DoesNotContain("s3cret", said.ToString(), StringComparison.Ordinal);
        Session.Tell(said, Caller.Ref);
        Assert.Equal(new GivenAnswer("New password:", null, "amy"), (await Expect<SessionFact.Unparked>()).Given);
        await Settle(device, 4);

        var answered = await Expect<SessionFact.Answered>();
        Assert.Null(Assert.Single(answered.Notes!.Answers!).Answer);
        Assert.DoesNotContain("s3cret", answered.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_not_answered_by_a_word_meant_for_another_step()
    {
        var device = await Parked(On(new ScriptedDevice()));

        Session.Tell(new SessionCommand.Answer(Talk, 1, "sure", "amy"), Caller.Ref);
        await Processed(device, 3);

        Assert.DoesNotContain("sure", device.Typed);
    }

    [Fact]
    public async Task is_taken_back_when_the_run_is_cancelled()
    {
        var device = await Parked(On(new ScriptedDevice()).On("\u0003", "^C\r\nR1#").OnDrops("exit", "exit\r\n"));

        Session.Tell(new SessionCommand.Cancel(Talk, "bob"), Caller.Ref);
        Assert.Equal("bob", (await Expect<SessionFact.Unparked>()).Given!.By);
        await Settle(device, 4);

        Assert.Equal("question_aborted", (await Expect<SessionFact.Refused>()).Fault.Kind);
        await Expect<SessionFact.Ended>();
    }

    private static ScriptedDevice On(ScriptedDevice device, string question = Question) => device.Greets("R1#")
        .On("terminal length 0", "terminal length 0\r\nR1#").On("terminal width 511", "terminal width 511\r\nR1#").On("frobnicate", $"frobnicate\r\nLooking around\r\n{question}");

    private async Task<ScriptedDevice> Parked(ScriptedDevice device, string question = "Overwrite the old image?")
    {
        Park = Patience;
        Dial(device, "cisco_ios", Protocol.Ssh, stopAtError: false, [new Step(0, "frobnicate"), new Step(1, "show clock")]);
        await Grant();
        await Expect<SessionFact.LoggedIn>();
        await Expect<SessionFact.WantsLeave>();
        Session.Tell(new SessionCommand.Proceed(Talk, 0), Caller.Ref);
        await Processed(device, 3);
        Clock.Advance(UnknownQuestion.Silence);
        Assert.Equal(new SessionFact.Parked(Talk, 0, question, Patience), await Expect<SessionFact.Parked>());
        return device;
    }
}
