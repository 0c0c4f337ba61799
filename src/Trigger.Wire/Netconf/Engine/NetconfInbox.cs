using System.Collections.Concurrent;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>
/// Carries what a line says from the line's thread to the pool, in order and one at a time. XML is read there, and not on an event loop that other sessions wait for, unless there is
/// very little of it. A line that says more than is being read is paused.
/// </summary>
internal sealed class NetconfInbox(NetconfEngine engine) : ILineObserver, IThreadPoolWorkItem
{
    private const int High = 1024 * 1024;
    private const int Low = 256 * 1024;
    private const int Short = 2 * 1024;

    private readonly ConcurrentQueue<Happening> queue = new();
    private readonly Lock flow = new();
    private ReadOnlyMemory<byte> current;
    private ILine line = new DeadLine();
    private long waiting;
    private volatile bool paused;

    // Busy until the line is known, since the first news may want to answer on it.
    private int busy = 1;

    private enum Kind
    {
        Authenticating,
        Opened,
        Received,
        Closed,
    }

    public void Authenticating(LineGreeting greeting) => Add(new Happening(Kind.Authenticating, Greeting: greeting));

    public void Opened(LineGreeting greeting) => Add(new Happening(Kind.Opened, Greeting: greeting));

    public void Received(ReadOnlyMemory<byte> bytes)
    {
        // Here and not where it is read: a line that pours must not get far ahead of a pool that is busy.
        if (Interlocked.Add(ref waiting, bytes.Length) > High && !paused)
            Hold();

        queue.Enqueue(new Happening(Kind.Received, bytes));
        if (Interlocked.Exchange(ref busy, 1) != 0)
            return;

        // A short answer is read in less time than it takes to wake another thread for it.
        if (bytes.Length <= Short)
            Execute();
        else
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Closed(WireFault? fault) => Add(new Happening(Kind.Closed, Fault: fault));

    internal void Attach(ILine opened)
    {
        line = opened;
        engine.Attach(opened);
        Execute();
    }

    /// <summary>Looks again whether there is something to do: a slow reader has made room.</summary>
    internal void Continue()
    {
        if (Interlocked.Exchange(ref busy, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        do
        {
            Work();
            Flow();
            Volatile.Write(ref busy, 0);
            Interlocked.MemoryBarrier();
        }
        while (HasWork && Interlocked.Exchange(ref busy, 1) == 0);
    }

    private bool HasWork => (!current.IsEmpty || !queue.IsEmpty) && !engine.IsStalled;

    private void Add(Happening happening)
    {
        queue.Enqueue(happening);
        Continue();
    }

    private void Work()
    {
        while (!engine.IsStalled)
        {
            if (!current.IsEmpty)
            {
                var before = current.Length;
                engine.Received(ref current);
                Interlocked.Add(ref waiting, current.Length - before);
                Flow();
                continue;
            }

            if (!queue.TryDequeue(out var next))
                return;

            switch (next.Kind)
            {
                case Kind.Received:
                    current = next.Bytes;
                    break;
                case Kind.Authenticating:
                    engine.Authenticating(next.Greeting!);
                    break;
                case Kind.Opened:
                    engine.Opened(next.Greeting!);
                    break;
                default:
                    engine.Closed(next.Fault);
                    break;
            }
        }
    }

    private void Hold()
    {
        lock (flow)
        {
            if (paused || Volatile.Read(ref waiting) <= High)
                return;

            paused = true;
            line.Pause();
        }
    }

    private void Flow()
    {
        if (!paused || Volatile.Read(ref waiting) >= Low)
            return;

        lock (flow)
        {
            if (!paused)
                return;

            paused = false;
            line.Resume();
        }
    }

    private readonly record struct Happening(Kind Kind, ReadOnlyMemory<byte> Bytes = default, LineGreeting? Greeting = null, WireFault? Fault = null);
}
