using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

/// <summary>An actor that a test writes in place. Lifecycle hooks are told to the probe when there is one.</summary>
public sealed class Scripted(Action<Scripted, object> onReceive, Probe? hooks = null, Action<Scripted>? onStart = null, SupervisorStrategy? strategy = null)
    : UntypedActor, IWithUnboundedStash, IWithTimers
{
    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    public int Count { get; set; }

    public IUntypedActorContext Place { get; } = Context;

    public IActorRef From => Sender;

    public IActorRef Me => Self;

    public void Run(Func<Task> task) => RunTask(task);

    public void NotHandled(object message) => Unhandled(message);

    protected override SupervisorStrategy SupervisorStrategy() => strategy ?? base.SupervisorStrategy();

    protected override void PreStart()
    {
        Note("PreStart");
        onStart?.Invoke(this);
    }

    protected override void PostStop() => Note("PostStop");

    protected override void PreRestart(Exception reason, object? message)
    {
        Note($"PreRestart({message})");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Note("PostRestart");
        base.PostRestart(reason);
    }

    protected override void OnReceive(object message) => onReceive(this, message);

    private void Note(string hook) => hooks?.Ref.Tell($"{Self.Path.Name}.{hook}");
}
