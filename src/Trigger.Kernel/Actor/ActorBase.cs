using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor;

/// <summary>What every actor is. Instances are made by the kernel only, through <see cref="IActorRefFactory.ActorOf"/> and <see cref="Props"/>.</summary>
public abstract class ActorBase
{
    // Stands for the Receive of whichever actor runs. Called as a delegate only by those who override AroundReceive and do not call the base.
    private static readonly Receive InitialReceive = static message => AmbientCell.Required.Actor!.Receive(message);

    private readonly ActorCell _cell;
    private SupervisorStrategy? _strategy;

    protected ActorBase() => _cell = AmbientCell.Required;

    protected static IActorContext Context => AmbientCell.Required;

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    protected IActorRef Self => _cell.Self;

    protected IActorRef Sender => _cell.Sender;

    internal ActorCell Cell => _cell;

    internal SupervisorStrategy OwnStrategy => _strategy ??= SupervisorStrategy();

    /// <returns>False when the message was not handled.</returns>
    protected abstract bool Receive(object message);

    /// <summary>A message nobody handled: published as <see cref="UnhandledMessage"/>; a notice of death fails the actor instead.</summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);

        var stream = _cell.System.EventStream;
        stream.Publish(new UnhandledMessage(message, Sender, Self));
        if (_cell.System.Settings.DebugUnhandledMessage)
            stream.Publish(new Debug(Self.Path.ToString(), GetType(), $"Unhandled message from {Sender} : {message}"));
    }

    protected virtual void PreStart()
    {
    }

    protected virtual void PostStop()
    {
    }

    /// <summary>Called on the instance that failed, before it is replaced. By default stops and unwatches all children and calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in _cell.GetChildren())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new instance. By default calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    protected void Become(Receive receive) => _cell.Become(receive);

    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    /// <summary>Called for every message; what is overridden here sees it first.</summary>
    /// <param name="receive">The present behaviour, to be passed on.</param>
    protected virtual bool AroundReceive(Receive receive, object message)
    {
        // The initial behaviour is this very method's neighbour: calling it directly spares every actor a delegate of its own.
        var handled = ReferenceEquals(receive, InitialReceive) ? Receive(message) : receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop() => PostStop();

    public virtual void AroundPreRestart(Exception cause, object? message) => PreRestart(cause, message);

    public virtual void AroundPostRestart(Exception cause, object? message) => PostRestart(cause);

    internal void Dispatch(Receive? behavior, object message) => AroundReceive(behavior ?? InitialReceive, message);

    /// <summary>Whether a message goes past what waits in a held mailbox.</summary>
    internal virtual bool CannotWait(object message) => message is PoisonPill or Kill or Identify;

    /// <summary>An asynchronous handler has come to its end.</summary>
    internal virtual void AfterAsync()
    {
    }

    internal void OverrideStrategy(SupervisorStrategy strategy) => _strategy = strategy;

    private protected void RunAsync(Func<Task> handler) => _cell.Async.Run(handler);
}
