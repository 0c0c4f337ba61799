using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>Asks one, a little later another, and so on, and passes on the first answer: the slow tail of answers is cut off.</summary>
public sealed class TailChopping : RoutingLogic
{
    private readonly IScheduler _scheduler;
    private readonly TimeSpan _within;
    private readonly TimeSpan _interval;

    /// <param name="within">How long to wait for an answer at all.</param>
    /// <param name="interval">How long to wait before the next is asked.</param>
    public TailChopping(IScheduler scheduler, TimeSpan within, TimeSpan interval)
    {
        _scheduler = scheduler;
        _within = within;
        _interval = interval;
    }

    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : new TailChoppingRoutees(_scheduler, routees, _within, _interval);
}
