namespace Trigger.Lab.TestKit;

/// <summary>Holds so many until all have come; then it can be used again.</summary>
public sealed class TestBarrier
{
    private readonly TestKitTiming kit;
    private readonly Lock gate = new();
    private readonly int count;
    private TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int arrived;

    internal TestBarrier(TestKitTiming kit, int count)
    {
        this.kit = kit;
        this.count = count;
    }

    /// <summary>Blocks until all have come.</summary>
    /// <exception cref="TimeoutException">Somebody did not come.</exception>
    public void Await(TimeSpan? timeout = null) => AwaitAsync(timeout).GetAwaiter().GetResult();

    public Task AwaitAsync(TimeSpan? timeout = null)
    {
        Task all;
        lock (gate)
        {
            all = complete.Task;
            if (++arrived == count)
            {
                complete.SetResult();
                complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrived = 0;
            }
        }

        return all.WaitAsync(kit.Dilated(timeout ?? kit.TestKitSettings.DefaultTimeout));
    }
}
