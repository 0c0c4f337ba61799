using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Routing;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// One place in the tree, for as long as its incarnation lives: it holds the mailbox, the actor's present instance, and five collaborators that
/// are made when first needed, so that an idle actor stays small. Everything here but <see cref="ActorOf"/> runs in the mailbox's turn.
/// </summary>
internal sealed class ActorCell : IUntypedActorContext
{
    private Envelope _current;

#pragma warning disable CS0169, IDE0051, CA1823 // Room, not a value: the mailbox lies behind the cell, and its senders look at it.
    private readonly CacheLine _afterTheCurrent;
#pragma warning restore CS0169, IDE0051, CA1823
    private Children? _children;
    private Watches? _watches;
    private Timers? _timers;
    private Behaviors? _behaviors;
    private Faults? _faults;
    private AsyncHandlers? _async;

    internal ActorCell(ActorSystem system, LocalActorRef self, Props props, InternalActorRef parent, ActorDispatcher? dispatcher)
    {
        System = system;
        LocalSelf = self;
        Props = props;
        InternalParent = parent;
        Mailbox = new Mailbox(this, dispatcher ?? system.DispatcherOf(props));
    }

    public ActorSystem System { get; }

    public Props Props { get; }

    public IActorRef Self => LocalSelf;

    public IActorRef Parent => InternalParent;

    public IActorRef Sender => _current.Sender ?? System.DeadLetters;

    public TimeSpan? ReceiveTimeout => _timers?.ReceiveTimeout;

    internal LocalActorRef LocalSelf { get; }

    internal InternalActorRef InternalParent { get; }

    internal Mailbox Mailbox { get; }

    internal ActorBase? Actor { get; set; }

    /// <summary>The deadlines that were set in this turn, chained.</summary>
    internal LazyDeadline? Unsettled { get; set; }

    internal Envelope Current
    {
        get => _current;
        set => _current = value;
    }

    // Children alone may be made from a foreign thread: the guardians' context is open to everybody through the system.
    internal Children Children => _children ?? Interlocked.CompareExchange(ref _children, new Children(), null) ?? _children;

    internal Children? ChildrenIfAny => _children;

    internal Watches Watches => _watches ??= new Watches();

    internal Timers Timers => _timers ??= new Timers(this);

    internal Timers? TimersIfAny => _timers;

    internal Behaviors Behaviors => _behaviors ??= new Behaviors(this);

    internal Faults Faults => _faults ??= new Faults(this);

    internal AsyncHandlers Async => _async ??= new AsyncHandlers(this);

    /// <summary>An asynchronous handler is under way, and nothing else may be received.</summary>
    internal bool IsAwaiting => _async is { IsAwaiting: true };

    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null && !ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}] below {Self.Path}. A name is made of ASCII letters, digits and -_.*$+:@&=,!~';()%, and does not begin with $.");

        if (props.RouterConfig is not null)
            return RoutedActorRef.Create(this, props, name);

        var child = Children.Add(name, unique =>
            new LocalActorRef(System, props, LocalSelf, Self.Path.Child(unique, System.NextUid())), Self.Path);
        child.SendSystem(new SystemMessage.Create());
        return child;
    }

    public ActorSelection ActorSelection(string actorPath) => new(System, LocalSelf, actorPath);

    public ActorSelection ActorSelection(ActorPath actorPath) => new(System, LocalSelf, actorPath.ToStringWithoutAddress());

    public void Stop(IActorRef actor)
    {
        if (actor is LocalActorRef child)
            _children?.MarkStopping(child);
        actor.AsInternal()?.Stop();
    }

    public IActorRef Child(string name) => _children?.Find(name) ?? ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => _children is null ? [] : _children.Snapshot();

    public void Become(Receive receive) => Behaviors.Replace(receive);

    public void BecomeStacked(Receive receive) => Behaviors.Push(receive);

    public void Become(UntypedReceive receive) => Behaviors.Replace(Behavior.Of(receive));

    public void BecomeStacked(UntypedReceive receive) => Behaviors.Push(Behavior.Of(receive));

    public void UnbecomeStacked() => _behaviors?.Pop();

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is not null || _timers is not null)
            Timers.SetReceiveTimeout(timeout);
    }

    public IActorRef Watch(IActorRef subject) => Watch(subject, message: null);

    public IActorRef WatchWith(IActorRef subject, object message) => Watch(subject, message ?? throw new InvalidMessageException("WatchWith needs a message."));

    public IActorRef Unwatch(IActorRef subject)
    {
        if (_watches is not null && _watches.Unwatch(subject))
            subject.AsInternal()!.SendSystem(new SystemMessage.Unwatch(LocalSelf));
        return subject;
    }

    internal void Invoke(in Envelope envelope)
    {
        _current = envelope;
        try
        {
            if (envelope.Message is AutoReceivedMessage auto)
                AutoReceive(auto, envelope);
            else
                Receive(envelope.Message);
        }
        catch (Exception failure)
        {
            Faults.HandleInvokeFailure(failure);
        }

        // While an asynchronous handler is under way, or a supervisor decides, the message in progress is still this one.
        if (!IsAwaiting && !Mailbox.IsSuspended)
            _current = default;
    }

    internal void Receive(object message)
    {
        Actor!.Dispatch(_behaviors?.Current, message);
        if (_timers is { ReceiveTimeout: not null } && message is not INotInfluenceReceiveTimeout)
            _timers.Touch();
    }

    internal void InvokeSystem(SystemMessage message)
    {
        try
        {
            ReceiveSystem(message);
        }
        catch (Exception failure)
        {
            Faults.HandleInvokeFailure(failure);
        }
    }

    /// <summary>The mailbox's turn ends.</summary>
    internal void EndTurn()
    {
        while (Unsettled is { } deadline)
        {
            Unsettled = deadline.NextUnsettled;
            deadline.Settle();
        }
    }

    /// <summary>What a cell that has ended still answers.</summary>
    internal static void ReceiveAfterEnd(IActorRef self, SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Watch watch:
                watch.Watcher.SendSystem(new SystemMessage.DeathWatchNotification((InternalActorRef)self, existenceConfirmed: false));
                break;
            case SystemMessage.Continue rest:
                // The handler's finally blocks must run even though its actor is gone.
                AsyncHandlers.RunDetached(rest);
                break;
        }
    }

    internal void Bury(in Envelope envelope) =>
        System.DeadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? System.DeadLetters, Self), envelope.Sender);

    internal void NewActor()
    {
        _behaviors?.Reset();
        Actor = null;
        AmbientCell.Current = this;
        var actor = Props.NewActor() ?? throw new ActorInitializationException(Self, $"The factory of {Self.Path} returned no actor.");
        if (actor is IActorStash stashing)
            stashing.Stash = Behaviors.NewStash(actor is IWithBoundedStash ? Props.StashCapacity ?? Behaviors.DefaultBoundedStash : Props.StashCapacity ?? -1);
        if (actor is IWithTimers timing)
            timing.Timers = Timers;
        if (Props.SupervisorStrategy is { } strategy)
            actor.OverrideStrategy(strategy);
        Actor = actor;
    }

    internal void ResetBehaviors() => _behaviors?.Reset();

    internal void UnstashAll() => _behaviors?.UnstashAll();

    /// <summary>Ends the incarnation: PostStop, the queue to dead letters, then the parent and the watchers are told.</summary>
    internal void FinishTermination()
    {
        try
        {
            Actor?.AroundPostStop();
        }
        catch (Exception failure)
        {
            System.LogFailure(Self, Actor?.GetType(), failure, $"Exception in PostStop of {Self.Path}");
        }

        _timers?.Stop();
        _async?.Abandon();
        Mailbox.Close();
        foreach (var envelope in _behaviors?.ClearStash() ?? [])
            Bury(envelope);

        // The name is free before anybody hears of the end, so that whoever waits for it may use it again at once.
        if (InternalParent is LocalActorRef parent)
            parent.Cell.Children.Remove(LocalSelf);
        InternalParent.SendSystem(new SystemMessage.DeathWatchNotification(LocalSelf, existenceConfirmed: true));
        TellWatchers();
        Props.Release(Actor);
        Actor = null;
        _current = default;
        _behaviors = null;
        _timers = null;
    }

    internal void UnwatchAll()
    {
        foreach (var subject in _watches?.UnwatchAll() ?? [])
            subject.SendSystem(new SystemMessage.Unwatch(LocalSelf));
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Equals(Self))
            return subject;

        var target = subject.AsInternal()
            ?? throw new NotSupportedException($"{Self.Path} cannot watch {subject}: it is not a reference of this kernel.");
        if (Watches.Watch(target, message))
            target.SendSystem(new SystemMessage.Watch(LocalSelf));
        return subject;
    }

    private void AutoReceive(AutoReceivedMessage message, in Envelope envelope)
    {
        switch (message)
        {
            case PoisonPill:
                LocalSelf.Stop();
                break;
            case Kill:
                throw new ActorKilledException($"Kill was sent to {Self.Path}.");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            case Terminated terminated:
                if (_watches is not null && _watches.Claim(terminated.ActorRef, out var custom))
                    Deliver(custom ?? terminated, envelope.Sender);
                break;
            case TimerTick tick:
                if (_timers is not null && _timers.Claim(tick))
                    Deliver(tick.Message, envelope.Sender);
                break;
        }
    }

    private void Deliver(object message, IActorRef? sender)
    {
        _current = new Envelope(message, sender);
        Receive(message);
    }

    private void ReceiveSystem(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Signal signal:
                Mailbox.AddSignal(new Envelope(signal.Message, signal.Sender));
                break;
            case SystemMessage.Continue rest:
                Async.Run(rest);
                break;
            case SystemMessage.AsyncCompleted completed:
                Async.Complete(completed);
                break;
            case SystemMessage.DeadlineCheck check:
                check.Deadline.Check(check.Arming);
                break;
            case SystemMessage.Create:
                Faults.Create();
                break;
            case SystemMessage.Terminate:
                Faults.Terminate();
                break;
            case SystemMessage.Watch watch:
                Watches.AddWatcher(watch.Watcher);
                break;
            case SystemMessage.Unwatch unwatch:
                _watches?.RemoveWatcher(unwatch.Watcher);
                break;
            case SystemMessage.DeathWatchNotification notice:
                ReceiveNotice(notice);
                break;
            case SystemMessage.Suspend:
                Faults.Suspend();
                break;
            case SystemMessage.Resume resume:
                Faults.Resume(resume.ClearsFailure);
                break;
            case SystemMessage.Recreate recreate:
                Faults.Recreate(recreate.Cause);
                break;
            case SystemMessage.Failed failed:
                Faults.HandleChildFailure(failed);
                break;
        }
    }

    private void ReceiveNotice(SystemMessage.DeathWatchNotification notice)
    {
        if (_watches is not null && _watches.Terminated(notice.Actor))
            LocalSelf.Tell(new Terminated(notice.Actor, notice.ExistenceConfirmed, addressTerminated: false), notice.Actor);
        _faults?.ChildTerminated();
    }

    private void TellWatchers()
    {
        if (_watches is null)
            return;

        foreach (var watcher in _watches.TakeWatchers())
        {
            // The parent has been told already, for its own sake.
            if (!ReferenceEquals(watcher, InternalParent))
                watcher.SendSystem(new SystemMessage.DeathWatchNotification(LocalSelf, existenceConfirmed: true));
        }

        UnwatchAll();
        _watches = null;
    }
}
