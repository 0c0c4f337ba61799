using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>
/// One child, started anew with growing pauses. Whatever else the supervisor is told is the child's; what the child tells its parent is passed on to the
/// supervisor's parent.
/// </summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly BackoffPlan _plan;

    private protected BackoffSupervisorBase(BackoffPlan plan) => _plan = plan;

    protected Props ChildProps => _plan.ChildProps;

    protected string ChildName => _plan.ChildName;

    protected object? ReplyWhileStopped => _plan.Reply;

    protected Func<object, bool>? FinalStopMessage => _plan.IsFinal;

    protected IBackoffReset Reset => _plan.Reset;

    /// <summary>Null while it pauses.</summary>
    protected IActorRef? Child { get; set; }

    protected int RestartCountN { get; set; }

    protected bool FinalStopMessageReceived { get; set; }

    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto)
                    Later(auto.ResetBackoff, new BackoffSupervisor.ResetRestartCount(RestartCountN));
                break;
            case BackoffSupervisor.Reset when Reset is ManualReset:
                RestartCountN = 0;
                break;
            case BackoffSupervisor.ResetRestartCount reset:
                // Another restart meanwhile has its own.
                if (reset.Current == RestartCountN)
                    RestartCountN = 0;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child ?? ActorRefs.Nobody));
                break;
            case BackoffSupervisor.Reset:
                Unhandled(message);
                break;
            default:
                PassOn(message);
                break;
        }

        return true;
    }

    /// <summary>The child is gone, or about to be: another comes after a pause.</summary>
    private protected void StartLater()
    {
        Child = null;
        var pause = BackoffDelay.After(RestartCountN, _plan.Min, _plan.Max, _plan.RandomFactor, Context.System.Random);
        RestartCountN++;
        Later(pause, BackoffSupervisor.StartChild.Instance);
    }

    private void StartChild()
    {
        if (Child is null)
            Child = Context.Watch(Context.ActorOf(ChildProps, ChildName));
    }

    private void PassOn(object message)
    {
        if (Child is { } child)
        {
            if (child.Equals(Sender))
            {
                Context.Parent.Forward(message);
                return;
            }

            child.Forward(message);
            if (!FinalStopMessageReceived && FinalStopMessage is not null)
                FinalStopMessageReceived = FinalStopMessage(message);
            return;
        }

        if (ReplyWhileStopped is not null)
            Sender.Tell(ReplyWhileStopped);
        else
            Context.System.DeadLetters.Forward(message);
        if (FinalStopMessage is not null && FinalStopMessage(message))
            Context.Stop(Self);
    }

    private void Later(TimeSpan delay, object message) => Context.System.Scheduler.ScheduleTellOnce(delay, Self, message, Self);
}
