namespace Trigger.Kernel.Actor.Internal;

/// <summary>What the actor is at present: the stack of behaviours above its initial one, and the messages it has put aside.</summary>
internal sealed class Behaviors(ActorCell cell)
{
    internal const int DefaultBoundedStash = 1000;

    private Receive? _top;
    private Stack<Receive?>? _below;
    private CellStash? _stash;

    /// <summary>Null is the actor's initial behaviour.</summary>
    internal Receive? Current => _top;

    internal void Replace(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        _top = receive;
    }

    internal void Push(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        (_below ??= new Stack<Receive?>()).Push(_top);
        _top = receive;
    }

    internal void Pop() => _top = _below is not null && _below.TryPop(out var below) ? below : null;

    internal void Reset()
    {
        _top = null;
        _below = null;
    }

    internal CellStash NewStash(int capacity) => _stash = new CellStash(cell, capacity);

    internal void UnstashAll() => _stash?.UnstashAll();

    internal IEnumerable<Envelope> ClearStash() => _stash?.ClearStash() ?? [];
}
