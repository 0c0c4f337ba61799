using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Routing;

/// <summary>
/// The first that is idle, or else the one with the fewest messages waiting; among equals each in its turn. A routee whose mailbox cannot be seen counts
/// as the fullest.
/// </summary>
public sealed class SmallestMailboxRoutingLogic : RoutingLogic
{
    // Beyond it a mailbox is simply long; counting on would cost more than the better choice gains.
    private const int LongEnough = 1000;

    private int _next;

    public SmallestMailboxRoutingLogic()
        : this(-1)
    {
    }

    public SmallestMailboxRoutingLogic(int next) => _next = next;

    public override Routee Select(object message, Routee[] routees)
    {
        if (routees.Length == 0)
            return Routee.NoRoutee;

        var start = (uint)Interlocked.Increment(ref _next);
        var best = routees[start % (uint)routees.Length];
        var fewest = int.MaxValue;
        for (var i = 0u; i < routees.Length; i++)
        {
            var routee = routees[(start + i) % (uint)routees.Length];
            var load = LoadOf(routee, Math.Min(fewest, LongEnough));
            if (load == 0)
                return routee;

            if (load < fewest)
                (best, fewest) = (routee, load);
        }

        return best;
    }

    private static int LoadOf(Routee routee, int limit) => routee is ActorRefRoutee { Actor: LocalActorRef local }
        ? (int)Math.Min(limit, local.Cell.Mailbox.RoughCount) + (local.Cell.Mailbox.IsBusy ? 1 : 0)
        : int.MaxValue - 1;
}
