using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Node.Scheduling;

/// <summary>Looks for runs that are due, on the one node that is asked to: the others only ask whether they are that one.</summary>
internal sealed class ScheduleKeeper : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(50);

    private readonly ILoggingAdapter log = Context.GetLogger();

    /// <param name="isOurs">Whether this node is to look.</param>
    /// <param name="runDue">Asks for what is due, and says when something will be.</param>
    public ScheduleKeeper(Func<bool> isOurs, Func<Task<DateTimeOffset?>> runDue, TimeProvider time)
    {
        Receive<Look>(_ =>
        {
            if (isOurs())
                runDue().PipeTo(Self, success: next => new Looked(next));
            else
                Again(LookEvery);
        });
        Receive<Looked>(looked => Again(looked.Next - time.GetUtcNow() ?? LookEvery));
        Receive<Status.Failure>(failed =>
        {
            log.Warning("What is due by schedule could not be asked for, and is tried again: {0}", failed.Cause.Message);
            Again(LookEvery);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Again(LookEvery);

    private void Again(TimeSpan wait) => Timers.StartSingleTimer(nameof(Look), new Look(), wait < Soonest ? Soonest : wait > LookEvery ? LookEvery : wait);

    private sealed record Look;

    private sealed record Looked(DateTimeOffset? Next);
}
