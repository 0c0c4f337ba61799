using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Running;

/// <summary>
/// The questions that are under way to the database, at most one of each kind, so that a slow database is not asked ever more. An answer to a question of an earlier
/// life of the node is thrown away.
/// </summary>
internal sealed class StoreCalls(IActorRef self)
{
    private readonly Dictionary<StoreCall, long> underWay = [];
    private long tickets;

    public bool IsFree(StoreCall call) => !underWay.ContainsKey(call);

    /// <summary>Asks, unless such a question is under way.</summary>
    /// <param name="ask">May be asked again whenever it failed.</param>
    /// <param name="tell">What the node's actor is told of the answer.</param>
    public bool Start<T>(StoreCall call, Func<Task<T>> ask, Func<T, object> tell)
    {
        if (!underWay.TryAdd(call, ++tickets))
            return false;

        var ticket = tickets;
        Ask(ask).PipeTo(self, self, answer => new StoreAnswered(call, ticket, tell(answer)), failure => new StoreFailed(call, ticket, failure));
        return true;
    }

    /// <summary>Asks; a store that throws at once has only failed a little earlier.</summary>
    public static Task<T> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    /// <summary>Whether the question was still waited for; it is not any more.</summary>
    public bool End(StoreCall call, long ticket) => underWay.TryGetValue(call, out var current) && current == ticket && underWay.Remove(call);

    /// <summary>Whatever is still answered is of no interest.</summary>
    public void Forget() => underWay.Clear();
}

internal enum StoreCall
{
    Join,
    Look,
    Read,
    Acquire,
    Release,
    Duty,
    Move,
    Depart,
}

internal sealed record StoreAnswered(StoreCall Call, long Ticket, object Answer);

internal sealed record StoreFailed(StoreCall Call, long Ticket, Exception Failure);
