using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>
/// Spares a failing peer, and us the wait for it.
/// <code>
///   Closed ──so many failures in a row──▶ Open ──reset timeout──▶ HalfOpen ──success──▶ Closed
///                                          ▲                         │
///                                          └─────────failure─────────┘  (next timeout longer, with backoff)
/// </code>
/// A call that takes longer than the call timeout fails. Safe for any number of threads.
/// </summary>
public class CircuitBreaker
{
    private readonly BreakerState _state;
    private readonly BreakerCallbacks _callbacks = new();

    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, TimeSpan.FromDays(36500), 1.0)
    {
    }

    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, maxResetTimeout, exponentialBackoffFactor, 0.0)
    {
    }

    /// <param name="maxFailures">After so many in a row it opens.</param>
    /// <param name="callTimeout">A call that takes longer fails with a <see cref="TimeoutException"/>.</param>
    /// <param name="resetTimeout">How long it stays open the first time.</param>
    /// <param name="maxResetTimeout">How long at most.</param>
    /// <param name="exponentialBackoffFactor">By which the time grows whenever the trial fails; 1 keeps it.</param>
    /// <param name="randomFactor">By which part it is lengthened by chance, at most.</param>
    public CircuitBreaker(
        IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor, double randomFactor)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFailures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(exponentialBackoffFactor, 1.0);
        if (randomFactor is < 0.0 or > 1.0)
            throw new ArgumentException($"The random factor is {randomFactor}; it must be between 0 and 1.", nameof(randomFactor));

        Scheduler = scheduler;
        MaxFailures = maxFailures;
        CallTimeout = callTimeout;
        ResetTimeout = resetTimeout;
        MaxResetTimeout = maxResetTimeout;
        ExponentialBackoffFactor = exponentialBackoffFactor;
        RandomFactor = randomFactor;
        _state = new BreakerState(this, _callbacks);
    }

    public IScheduler Scheduler { get; }

    public int MaxFailures { get; }

    public TimeSpan CallTimeout { get; }

    public TimeSpan ResetTimeout { get; }

    public TimeSpan MaxResetTimeout { get; }

    public double ExponentialBackoffFactor { get; }

    public double RandomFactor { get; }

    /// <summary>Failures since the last success; 0 unless it is closed.</summary>
    public long CurrentFailureCount => _state.Failures;

    public Exception? LastCaughtException => _state.LastFailure;

    public bool IsClosed => _state.Is(BreakerState.Position.Closed);

    public bool IsOpen => _state.Is(BreakerState.Position.Open);

    public bool IsHalfOpen => _state.Is(BreakerState.Position.HalfOpen);

    public static CircuitBreaker Create(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>The same, with a reset timeout that doubles up to a limit. To be called before the first use.</summary>
    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, maxResetTimeout, 2.0, RandomFactor);

    /// <summary>The same, with some chance in the reset timeout. To be called before the first use.</summary>
    public CircuitBreaker WithRandomFactor(double randomFactor) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, MaxResetTimeout, ExponentialBackoffFactor, randomFactor);

    /// <param name="body">Given a token that is cancelled at the call timeout.</param>
    /// <exception cref="OpenCircuitException">Nothing was called.</exception>
    /// <exception cref="TimeoutException">The call took too long; what becomes of it is not waited for.</exception>
    public async Task<T> WithCircuitBreaker<T>(Func<CancellationToken, Task<T>> body)
    {
        _state.Enter();
        using var timeout = new CancellationTokenSource();
        var late = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = Scheduler.Advanced.ScheduleOnceCancelable(CallTimeout, () =>
            late.TrySetException(new TimeoutException($"The call took longer than {CallTimeout}.")));
        T result;
        try
        {
            var call = body(timeout.Token);
            var first = await Task.WhenAny(call, late.Task).ConfigureAwait(false);
            if (first != call)
                await timeout.CancelAsync().ConfigureAwait(false);
            result = await first.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _state.Failed(failure);
            throw;
        }
        finally
        {
            timer.Cancel();
        }

        _state.Succeeded();
        return result;
    }

    public Task WithCircuitBreaker(Func<CancellationToken, Task> body) => WithCircuitBreaker(token => Nothing(body(token)));

    public Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, CancellationToken, Task<T>> body) => WithCircuitBreaker(token => body(state, token));

    public Task WithCircuitBreaker<TState>(TState state, Func<TState, CancellationToken, Task> body) => WithCircuitBreaker(token => Nothing(body(state, token)));

    public Task<T> WithCircuitBreaker<T>(Func<Task<T>> body) => WithCircuitBreaker(_ => body());

    public Task WithCircuitBreaker(Func<Task> body) => WithCircuitBreaker(_ => Nothing(body()));

    public Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, Task<T>> body) => WithCircuitBreaker(_ => body(state));

    public Task WithCircuitBreaker<TState>(TState state, Func<TState, Task> body) => WithCircuitBreaker(_ => Nothing(body(state)));

    /// <summary>Calls on this thread. Too long a call is noticed when it is over.</summary>
    /// <exception cref="OpenCircuitException">Nothing was called.</exception>
    public T WithSyncCircuitBreaker<T>(Func<T> body)
    {
        _state.Enter();
        var start = Scheduler.MonotonicClock;
        T result;
        try
        {
            result = body();
        }
        catch (Exception failure)
        {
            _state.Failed(failure);
            throw;
        }

        var took = Scheduler.MonotonicClock - start;
        if (took > CallTimeout)
            _state.Failed(new TimeoutException($"The call took {took}, longer than {CallTimeout}."));
        else
            _state.Succeeded();
        return result;
    }

    public void WithSyncCircuitBreaker(Action body) => WithSyncCircuitBreaker(() =>
    {
        body();
        return Done.Instance;
    });

    /// <summary>Reports a success that happened outside of a call through the breaker.</summary>
    public void Succeed() => _state.Succeeded();

    /// <summary>Reports such a failure.</summary>
    public void Fail() => _state.Failed(new UserCalledFailException());

    /// <param name="callback">Called on a pool thread whenever it opens.</param>
    public CircuitBreaker OnOpen(Action callback) => With(() => _callbacks.Add(BreakerState.Position.Open, callback));

    public CircuitBreaker OnHalfOpen(Action callback) => With(() => _callbacks.Add(BreakerState.Position.HalfOpen, callback));

    public CircuitBreaker OnClose(Action callback) => With(() => _callbacks.Add(BreakerState.Position.Closed, callback));

    private static async Task<Done> Nothing(Task task)
    {
        await task.ConfigureAwait(false);
        return Done.Instance;
    }

    private CircuitBreaker With(Action act)
    {
        act();
        return this;
    }
}
