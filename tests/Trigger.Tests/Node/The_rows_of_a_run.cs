using Trigger.Jobs;
using Trigger.Node;
using Trigger.Sessions;
using Trigger.Storage;
using Trigger.Tests.Jobs;

namespace Trigger.Tests.Node;

public sealed class The_rows_of_a_run
{
    private static readonly EventCodec Codec = RunCodec.Create();
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void begin_with_its_header()
    {
        var spec = Runs.Spec("show clock");
        var change = Write(new RunEvent.Accepted(spec)).Run!;

        Assert.Equal(Runs.Id.Value, change.Id);
        Assert.Equivalent(new RunHeader(spec.At, "alice", "vendor=cisco", ["show clock"], ["devices.csv"]), change.New, strict: true);
    }

    [Fact]
    public void follow_its_events()
    {
        Assert.Equal(new RunChange(Runs.Id.Value) { Devices = 2, Steps = 6 }, Write((RunEvent.DevicesChosen)Runs.Chosen(2) with { Steps = 6 }).Run);
        Assert.Equal(new RunChange(Runs.Id.Value) { State = "cancelling" }, Write(new RunEvent.CancelRequested("bob")).Run);
        Assert.Equal(new RunChange(Runs.Id.Value) { State = "running" }, Write(new RunEvent.Resumed(At, "carol")).Run);
        Assert.Equal(new RunChange(Runs.Id.Value) { State = "finished", FinishedAt = At }, Write(new RunEvent.Finished(At)).Run);
        Assert.Equal(new RunChange(Runs.Id.Value) { State = "paused" }, Write(new RunEvent.Paused("bob", At) { Standing = RunStanding.Paused }).Run);
        Assert.Equal(new RunChange(Runs.Id.Value) { State = "awaiting approval" }, Write(new RunEvent.Resumed(At, "carol") { Standing = RunStanding.AwaitingApproval }).Run);
        Assert.Null(Write(new RunEvent.StepStarted(0, 0)).Run);
    }

    [Theory]
    [InlineData(StepVerdict.Accepted, "accepted")]
    [InlineData(StepVerdict.Refused, "refused")]
    [InlineData(StepVerdict.Unknown, "unknown")]
    public void tell_an_outcome_in_words(StepVerdict verdict, string word)
    {
        var ended = RunRules.Outcome(0, 2, verdict, new DeviceFault.DeviceError("% no"), "% no", TimeSpan.FromMilliseconds(2)) with
        {
            Place = new StepPlace(new ChosenDevice("r1", "cisco_ios"), "show clock"),
        };

        var expected = new OutcomeRow
        {
            Run = Runs.Id.Value, Device = "r1", Step = 2, Platform = "cisco_ios", Command = "show clock", Verdict = word, FaultKind = "device_error",
            FaultText = "The device answered: % no", ElapsedMicroseconds = 2000, Output = "% no",
        };
        Assert.Equal(expected, Write(ended).Outcome);
    }

    [Fact]
    public void are_read_back_as_the_events_they_were()
    {
        RunEvent[] events =
        [
            new RunEvent.Accepted(Runs.Spec("show clock")), Runs.Chosen(2), new RunEvent.StepStarted(0, 0), Runs.Ended(0, 0), new RunEvent.CancelRequested("bob"),
            new RunEvent.Resumed(At, "carol"), new RunEvent.RetryPlanned(0, At, "timed_out", "Timed out."), new RunEvent.BatchJudged(0, null, At), new RunEvent.Approved("bob", At),
            new RunEvent.Paused("bob", At), new RunEvent.Unpaused("bob", At), new RunEvent.Finished(At),
        ];

        foreach (var happened in events)
        {
            var stored = Codec.Write(happened);
            Assert.Contains($"\"$type\":\"{stored.Type}\"", System.Text.Encoding.UTF8.GetString(stored.Body), StringComparison.Ordinal);
            Assert.Equivalent(happened, Codec.Read(stored.Type, stored.Body), strict: true);
        }
    }

    [Fact]
    public void are_of_runs_only() => Assert.Throws<NotSupportedException>(() => Codec.Write("a text"));

    private static StoredEvent Write(RunEvent happened) => Codec.Write(happened with { Run = Runs.Id });
}
