namespace Trigger.Lab.TestKit.EventFilters;

/// <summary>Runs a block and counts the events it causes. Waits for the last of them as long as the leeway allows; for none at all it must wait the whole window.</summary>
public sealed class EventFilterApplier
{
    private readonly TestKitBase kit;
    private readonly TestEventListener listener;
    private readonly IReadOnlyList<EventFilterBase> filters;

    internal EventFilterApplier(TestKitBase kit, TestEventListener listener, IReadOnlyList<EventFilterBase> filters)
    {
        this.kit = kit;
        this.listener = listener;
        this.filters = filters;
    }

    /// <summary>Whatever the next filter accepts counts too.</summary>
    public EventFilterFactory And => new(kit, listener, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, Async(action), cancellationToken).GetAwaiter().GetResult();

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, timeout, Async(action), cancellationToken).GetAwaiter().GetResult();

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, () => Task.FromResult(func()), null, cancellationToken).GetAwaiter().GetResult();

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => ExpectAsync(1, Async(action), cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, actionAsync, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, TimeSpan? timeout = null, CancellationToken cancellationToken = default) => ExpectAsync(1, func, timeout, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) => Run(expectedCount, actionAsync, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, Action action, CancellationToken cancellationToken = default) => Run(expectedCount, Async(action), null, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Run(expectedCount, actionAsync, timeout, cancellationToken);

    public async Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        T result = default!;
        await Run(expectedCount, async () => result = await func(), timeout, cancellationToken);
        return result;
    }

    /// <summary>Swallows events during the block without counting.</summary>
    public void Mute(Action action)
    {
        using (Mute())
            action();
    }

    public T Mute<T>(Func<T> func)
    {
        using (Mute())
            return func();
    }

    public async Task MuteAsync(Func<Task> action)
    {
        using (Mute())
            await action();
    }

    /// <summary>Swallows events until it is disposed.</summary>
    public UnmutableFilter Mute()
    {
        listener.Add(filters);
        return new UnmutableFilter(() => listener.Remove(filters));
    }

    private async Task Run(int expected, Func<Task> action, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var count = 0;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Count()
        {
            if (Interlocked.Increment(ref count) == Math.Max(expected, 1))
                reached.TrySetResult();
        }

        foreach (var filter in filters)
            filter.WhenCounted(Count);
        using var muted = Mute();
        try
        {
            await action();
            await Await(reached.Task, timeout, cancellationToken);
        }
        finally
        {
            foreach (var filter in filters)
                filter.Forget(Count);
        }

        var seen = Volatile.Read(ref count);
        if (seen < expected)
            throw kit.FilterFailure($"Timeout while waiting for {expected} log events. Received only {seen}.");
        if (seen > expected)
            throw kit.FilterFailure($"Expected {expected} log events. Received {seen}: {seen - expected} too many.");
    }

    private async Task Await(Task reached, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        try
        {
            await reached.WaitAsync(kit.Dilated(timeout ?? kit.TestKitSettings.TestEventFilterLeeway), cancellationToken);
        }
        catch (TimeoutException)
        {
            // For no events at all this is the good end; the count tells.
        }
    }

    private static Func<Task> Async(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
