namespace Trigger.Kernel.Routing;

/// <summary>Each in its turn.</summary>
public sealed class RoundRobinRoutingLogic : RoutingLogic
{
    private int _next;

    public RoundRobinRoutingLogic()
        : this(-1)
    {
    }

    public RoundRobinRoutingLogic(int next) => _next = next;

    // Unsigned, so that the counter may pass its end without a gap in the turns but one every four thousand million messages.
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : routees[(uint)Interlocked.Increment(ref _next) % (uint)routees.Length];
}
