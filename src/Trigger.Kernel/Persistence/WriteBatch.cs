namespace Trigger.Kernel.Persistence;

/// <summary>The events of one actor that wait for its write in flight to end.</summary>
internal sealed class WriteBatch
{
    private const int MaxWritesPerMessage = 200;

    private readonly Queue<AtomicWrite> _waiting = new();
    private bool _inFlight;

    internal void Add(AtomicWrite write) => _waiting.Enqueue(write);

    internal void Finished() => _inFlight = false;

    /// <summary>The next batch to write; null when there is none, or one is under way.</summary>
    internal IReadOnlyList<AtomicWrite>? Next()
    {
        if (_inFlight || _waiting.Count == 0)
            return null;

        _inFlight = true;
        var batch = new AtomicWrite[Math.Min(_waiting.Count, MaxWritesPerMessage)];
        for (var i = 0; i < batch.Length; i++)
            batch[i] = _waiting.Dequeue();
        return batch;
    }
}
