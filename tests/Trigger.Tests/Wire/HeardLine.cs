using System.Runtime.InteropServices;
using System.Text;
using Trigger.Wire;

namespace Trigger.Tests.Wire;

/// <summary>An observer that remembers, and lets a test wait for what it has not heard yet.</summary>
internal sealed class HeardLine : ILineObserver
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly List<byte> received = [];
    private readonly List<(Func<int, bool> Condition, TaskCompletionSource Signal)> waiters = [];
    private readonly TaskCompletionSource<LineGreeting> authenticating = Source<LineGreeting>();
    private readonly TaskCompletionSource<LineGreeting> opened = Source<LineGreeting>();
    private readonly TaskCompletionSource<WireFault?> closed = Source<WireFault?>();
    private int closings;

    internal LineExit? Exit { get; private set; }

    internal int Closings => Volatile.Read(ref closings);

    internal bool WasAskedForCredentials => authenticating.Task.IsCompleted;

    internal int ReceivedCount
    {
        get
        {
            lock (gate)
                return received.Count;
        }
    }

    internal Task<LineGreeting> Authenticating() => Soon(authenticating.Task);

    internal Task<LineGreeting> Opened() => Soon(opened.Task);

    internal Task<WireFault?> Closed() => Soon(closed.Task);

    /// <summary>Waits with the safety net of <see cref="Patience"/>.</summary>
    internal static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    internal async Task<byte[]> Bytes(int atLeast)
    {
        await Until(_ => received.Count >= atLeast);
        lock (gate)
            return [.. received];
    }

    internal async Task<string> Text(string containing)
    {
        var wanted = Encoding.Latin1.GetBytes(containing);

        // Only the news and what may straddle its beginning are searched: a test pours twenty megabytes through here.
        await Until(news => CollectionsMarshal.AsSpan(received)[Math.Max(0, received.Count - news - wanted.Length)..].IndexOf(wanted) >= 0);
        lock (gate)
            return Encoding.Latin1.GetString(CollectionsMarshal.AsSpan(received));
    }

    void ILineObserver.Authenticating(LineGreeting greeting) => authenticating.TrySetResult(greeting);

    void ILineObserver.Opened(LineGreeting greeting) => opened.TrySetResult(greeting);

    void ILineObserver.Received(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            received.AddRange(bytes.Span);
            foreach (var (_, signal) in waiters.Where(waiter => waiter.Condition(bytes.Length)))
                signal.TrySetResult();
        }
    }

    void ILineObserver.Exited(LineExit exit) => Exit = exit;

    void ILineObserver.Closed(WireFault? fault)
    {
        Interlocked.Increment(ref closings);
        closed.TrySetResult(fault);
    }

    private static TaskCompletionSource<T> Source<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Until(Func<int, bool> condition)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (condition(received.Count))
                return;

            waiters.Add((condition, waiter));
        }

        await waiter.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }
}
