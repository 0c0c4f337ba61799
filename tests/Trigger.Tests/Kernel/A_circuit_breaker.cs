using Trigger.Kernel.Pattern;

namespace Trigger.Tests.Kernel;

public sealed class A_circuit_breaker : KernelSpec
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void opens_at_the_last_failure_it_bears_and_not_at_the_one_before()
    {
        var breaker = Breaker();
        FailOnce(breaker);
        FailOnce(breaker);
        Assert.True(breaker.IsClosed);
        Assert.Equal(2, breaker.CurrentFailureCount);

        FailOnce(breaker);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void forgets_failures_at_a_success()
    {
        var breaker = Breaker();
        FailOnce(breaker);
        FailOnce(breaker);
        Assert.Equal(1, breaker.WithSyncCircuitBreaker(() => 1));
        FailOnce(breaker);
        FailOnce(breaker);

        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void calls_nothing_while_it_is_open_and_says_for_how_long()
    {
        var breaker = Opened();
        Clock.Advance(Second);
        var open = Assert.Throws<OpenCircuitException>(() => breaker.WithSyncCircuitBreaker(() => Assert.Fail("called")));

        Assert.Equal(9 * Second, open.RemainingDuration);
        Assert.IsType<InvalidOperationException>(open.InnerException);
    }

    [Fact]
    public void lets_one_call_through_after_its_time_and_not_a_tick_before()
    {
        var breaker = Opened();
        Clock.Advance((10 * Second) - Tick);
        Assert.True(breaker.IsOpen);

        Clock.Advance(Tick);
        Assert.True(breaker.IsHalfOpen);
        breaker.WithSyncCircuitBreaker(() => Assert.Throws<OpenCircuitException>(() => breaker.WithSyncCircuitBreaker(() => { })));
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void stays_open_twice_as_long_after_a_trial_that_failed_up_to_its_limit()
    {
        var breaker = Opened(Breaker().WithExponentialBackoff(30 * Second));
        foreach (var wait in new[] { 10, 20, 30, 30 })
        {
            Clock.Advance((wait * Second) - Tick);
            Assert.True(breaker.IsOpen);
            Clock.Advance(Tick);
            Assert.True(breaker.IsHalfOpen);
            FailOnce(breaker);
        }
    }

    [Fact]
    public async Task fails_a_call_that_takes_too_long_and_cancels_its_token()
    {
        var breaker = new CircuitBreaker(System.Scheduler, 1, Second, 10 * Second);
        var cancelled = new TaskCompletionSource();
        var call = breaker.WithCircuitBreaker(token =>
        {
            token.Register(cancelled.SetResult);
            return new TaskCompletionSource<int>().Task;
        });
        Clock.Advance(Second - Tick);
        Assert.False(call.IsCompleted);
        Clock.Advance(Tick);

        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task passes_on_what_a_call_comes_to()
    {
        Assert.Equal(42, await Breaker().WithCircuitBreaker(_ => Task.FromResult(42)));
        Assert.Equal("state", await Breaker().WithCircuitBreaker("state", (state, _) => Task.FromResult(state)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Breaker().WithCircuitBreaker(_ => Task.FromException(new InvalidOperationException("no"))));
    }

    [Fact]
    public void counts_what_it_is_told_of()
    {
        var breaker = Breaker();
        breaker.Fail();
        breaker.Fail();
        breaker.Succeed();
        breaker.Fail();
        breaker.Fail();
        Assert.True(breaker.IsClosed);

        breaker.Fail();
        Assert.IsType<UserCalledFailException>(breaker.LastCaughtException);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task tells_of_its_turns()
    {
        var (open, half, closed) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var breaker = Opened(Breaker().OnOpen(open.SetResult).OnHalfOpen(half.SetResult).OnClose(closed.SetResult));
        Clock.Advance(10 * Second);
        breaker.WithSyncCircuitBreaker(() => { });

        await Task.WhenAll(open.Task, half.Task, closed.Task).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0, 1.0, 0.0)]
    [InlineData(1, 0.99, 0.0)]
    [InlineData(1, 1.0, -0.01)]
    [InlineData(1, 1.0, 1.01)]
    public void cannot_be_made_of_numbers_that_mean_nothing(int failures, double factor, double random) =>
        Assert.ThrowsAny<ArgumentException>(() => new CircuitBreaker(System.Scheduler, failures, Second, Second, Second, factor, random));

    [Theory]
    [InlineData(1, 1.0, 0.0)]
    [InlineData(1, 1.0, 1.0)]
    public void may_be_made_of_the_least_and_the_most(int failures, double factor, double random) =>
        Assert.True(new CircuitBreaker(System.Scheduler, failures, Second, Second, Second, factor, random).IsClosed);

    private CircuitBreaker Breaker() => new(System.Scheduler, 3, Second, 10 * Second);

    private CircuitBreaker Opened(CircuitBreaker? breaker = null)
    {
        breaker ??= Breaker();
        for (var i = 0; i < 3; i++)
            FailOnce(breaker);
        return breaker;
    }

    private static void FailOnce(CircuitBreaker breaker) =>
        Assert.Throws<InvalidOperationException>(() => breaker.WithSyncCircuitBreaker(() => Fail("boom")));
}
