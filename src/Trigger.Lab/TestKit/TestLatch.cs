namespace Trigger.Lab.TestKit;

/// <summary>Opens when it has been counted down; a test waits for that.</summary>
public sealed class TestLatch
{
    private readonly TestKitTiming? kit;
    private readonly Lock gate = new();
    private readonly int initial;
    private TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left;

    public TestLatch(int count = 1)
        : this(null, count)
    {
    }

    internal TestLatch(TestKitTiming? kit, int count)
    {
        this.kit = kit;
        initial = left = count;
    }

    public bool IsOpen
    {
        get
        {
            lock (gate)
                return left <= 0;
        }
    }

    public void CountDown()
    {
        lock (gate)
        {
            if (--left <= 0)
                opened.TrySetResult();
        }
    }

    public void Open()
    {
        lock (gate)
        {
            left = 0;
            opened.TrySetResult();
        }
    }

    /// <summary>Closes it again with the count it had at first.</summary>
    public void Reset()
    {
        lock (gate)
        {
            left = initial;
            if (opened.Task.IsCompleted)
                opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Blocks until it is open. Inside an actor this is the only form that makes sense; a test has <see cref="ReadyAsync"/>.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan? timeout = null)
    {
        if (!Opening().Wait(Limit(timeout)))
            throw new TimeoutException($"The latch was not opened within {Limit(timeout)}; its count is {left}.");
    }

    public Task ReadyAsync(TimeSpan? timeout = null) => Opening().WaitAsync(Limit(timeout));

    private Task Opening()
    {
        lock (gate)
            return left <= 0 ? Task.CompletedTask : opened.Task;
    }

    private TimeSpan Limit(TimeSpan? timeout) =>
        kit is null ? timeout ?? new TestKitSettings().DefaultTimeout : kit.Dilated(timeout ?? kit.TestKitSettings.DefaultTimeout);
}
