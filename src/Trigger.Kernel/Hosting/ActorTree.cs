using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Hosting;

/// <summary>Shows what actors there are. Ours alone. Looking stops nobody: it is a snapshot of each actor, not of one moment of the system.</summary>
public static class ActorTree
{
    /// <summary>The actors from a path down, parents before their children, children by name.</summary>
    /// <param name="from">Such as <c>/user</c>; the user's and the system's actors when null.</param>
    /// <param name="depth">How many generations below.</param>
    /// <param name="most">How many actors at most.</param>
    public static IReadOnlyList<ActorNode> Of(ActorSystem system, string? from = null, int depth = 4, int most = 10_000)
    {
        ArgumentNullException.ThrowIfNull(system);
        var found = new List<ActorNode>();
        foreach (var guardian in new[] { system.UserGuardian, system.SystemGuardian })
        {
            if (Find(guardian, from) is { } start)
                Walk(start, 0, depth, most, found, restarts: 0);
        }

        return found;
    }

    private static LocalActorRef? Find(LocalActorRef guardian, string? path)
    {
        if (path is null)
            return guardian;

        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0] != guardian.Path.Name)
            return null;

        var at = guardian;
        foreach (var part in parts.Skip(1))
        {
            if (at.Cell.ChildrenIfAny?.Find(part) is not { } child)
                return null;
            at = child;
        }

        return at;
    }

    private static void Walk(LocalActorRef actor, int at, int depth, int most, List<ActorNode> found, int restarts)
    {
        if (found.Count >= most)
            return;

        var children = actor.Cell.ChildrenIfAny;
        var below = children?.Snapshot() ?? [];
        found.Add(new ActorNode(
            actor.Path.ToStringWithoutAddress(), actor.Cell.Actor?.GetType().Name ?? "(not started)", actor.Cell.Mailbox.RoughCount, restarts, below.Length, at));
        if (at == depth)
            return;

        foreach (var child in below.OrderBy(child => child.Path.Name, StringComparer.Ordinal))
            Walk(child, at + 1, depth, most, found, children!.StatsOf(child)?.Restarts ?? 0);
    }
}
