using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor;

/// <summary>What every actor is. Instances are made by the kernel only, through <see cref="IActorRefFactory.ActorOf"/> and <see cref="Props"/>.</summary>
public abstract class ActorBase
{
    private readonly ActorCell _cell;
    private SupervisorStrategy? _strategy;

    protected ActorBase() => _cell = AmbientCell.Required;

    protected static IActorContext Context => AmbientCell.Required;

    protected IActorRef Self => _cell.Self;

    protected IActorRef Sender => _cell.Sender;

    internal ActorCell Cell => _cell;

    internal SupervisorStrategy Strategy => _strategy ??= SupervisorStrategy();

    /// <returns>False when the message was not handled.</returns>
    protected abstract bool Receive(object message);

    /// <summary>A message nobody handled: published as <see cref="UnhandledMessage"/>; a notice of death fails the actor instead.</summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);

        _cell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
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

    internal virtual void Dispatch(Receive? behavior, object message)
    {
        if (!(behavior is null ? Receive(message) : behavior(message)))
            Unhandled(message);
    }

    /// <summary>An asynchronous handler has come to its end.</summary>
    internal virtual void AfterAsync()
    {
    }

    internal virtual void AroundPreStart() => PreStart();

    internal virtual void AroundPostStop() => PostStop();

    internal virtual void AroundPreRestart(Exception reason, object? message) => PreRestart(reason, message);

    internal virtual void AroundPostRestart(Exception reason) => PostRestart(reason);

    internal void OverrideStrategy(SupervisorStrategy strategy) => _strategy = strategy;

    private protected void RunAsync(Func<Task> handler) => _cell.Async.Run(handler);
}
