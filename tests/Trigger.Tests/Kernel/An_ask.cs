using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel;

public sealed class An_ask : KernelSpec
{
    [Fact]
    public async Task times_out_on_the_clock_of_the_system_and_not_a_tick_before()
    {
        var answer = Probe.Ref.Ask<string>("x", Second, TestContext.Current.CancellationToken);
        await Probe.Expect("x");
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(answer.IsCompleted);
        Clock.Advance(TimeSpan.FromTicks(1));

        var late = await Assert.ThrowsAsync<AskTimeoutException>(() => answer);
        Assert.Equal($"Timeout after 00:00:01 asking {Probe.Ref} with [String].", late.Message);
    }

    [Fact]
    public async Task fails_with_the_cause_of_a_status_failure_itself()
    {
        var failing = Spawn((self, _) => self.From.Tell(new Status.Failure(new ArgumentException("nope"))));

        Assert.Equal("nope", (await Assert.ThrowsAsync<ArgumentException>(() => failing.Ask<string>("x", TestContext.Current.CancellationToken))).Message);
    }

    [Fact]
    public async Task refuses_an_answer_of_another_type()
    {
        var echo = Spawn((self, m) => self.From.Tell(m));

        await Assert.ThrowsAsync<ArgumentException>(() => echo.Ask<int>("text", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task is_cancelled_by_its_token()
    {
        using var cancel = new CancellationTokenSource();
        var answer = Probe.Ref.Ask<string>("x", cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => answer);
    }

    [Fact]
    public async Task answered_twice_makes_a_dead_letter_of_the_second()
    {
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        var twice = Spawn((self, _) => { self.From.Tell("1"); self.From.Tell("2"); });

        Assert.Equal("1", await twice.Ask<string>("x", TestContext.Current.CancellationToken));
        Assert.Equal("2", (await Probe.Expect<DeadLetter>()).Message);
    }

    [Fact]
    public async Task leaves_no_timer_behind_when_it_is_answered()
    {
        var echo = Spawn((self, m) => self.From.Tell(m));
        await echo.Ask<string>("x", TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(0, System.TimerQueue.Count);
    }

    [Fact]
    public async Task piped_brings_the_value_or_the_failure()
    {
        _ = Task.FromResult("ok").PipeTo(Probe.Ref);
        await Probe.Expect("ok");
        _ = Task.FromException<string>(new InvalidOperationException("bad")).PipeTo(Probe.Ref);

        Assert.Equal("bad", (await Probe.Expect<Status.Failure>()).Cause.Message);
    }
}
