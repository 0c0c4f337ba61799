using System.Collections.Concurrent;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Actor;

/// <summary>A tree of actors with one clock, one event stream and one end.</summary>
public sealed class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly LocalActorRef _user;
    private readonly LocalActorRef _system;
    private long _lastUid;

    private ActorSystem(string name, ActorSystemSetup setup)
    {
        Name = name;
        Setup = setup;
        var kernel = setup.Get<KernelSetup>().GetOrElse(new KernelSetup());
        Time = kernel.Time;
        Dispatcher = kernel.ChooseDispatcher();
        Root = ActorPath.RootOf(new Address("akka", name));
        EventStream = new EventStream(kernel.LogLevel, kernel.LoggerFactory is { } factory ? new LogForwarder(factory) : null);
        Log = new BusLogging(EventStream, Root.Address.ToString(), typeof(ActorSystem), Time);
        TimerQueue = new TimerQueue(Time, failure => LogFailure(null, typeof(IScheduler), failure, "A scheduled action failed"));
        Scheduler = new KernelScheduler(TimerQueue);
        DeadLetters = new DeadLetterActorRef(this, Root / "deadLetters", new DeadLetterLog(EventStream, Time, kernel.LoggedDeadLetters));

        var supervisor = new RootSupervisor(this, Root);
        _user = new LocalActorRef(this, Props.Create(static () => new Guardian()), supervisor, Root.Child("user", NextUid()));
        _system = new LocalActorRef(this, Props.Create(static () => new Guardian()), supervisor, Root.Child("system", NextUid()));
        _system.SendSystem(new SystemMessage.Create());
        _user.SendSystem(new SystemMessage.Create());
    }

    public string Name { get; }

    public ActorSystemSetup Setup { get; }

    public EventStream EventStream { get; }

    /// <summary>What is told here is published as lost.</summary>
    public IActorRef DeadLetters { get; }

    public IScheduler Scheduler { get; }

    public ILoggingAdapter Log { get; }

    /// <summary>Completed when the last actor has stopped.</summary>
    public Task WhenTerminated => _terminated.Task;

    internal TimeProvider Time { get; }

    internal ActorDispatcher Dispatcher { get; }

    internal TimerQueue TimerQueue { get; }

    internal ActorPath Root { get; }

    internal LocalActorRef UserGuardian => _user;

    internal LocalActorRef SystemGuardian => _system;

    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Setup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <exception cref="ArgumentException">The name is not made of letters, digits, dashes and underscores.</exception>
    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (string.IsNullOrEmpty(name) || name[0] is '-' or '_' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"Illegal system name [{name}]: letters, digits, - and _ are allowed, and a letter or digit first.", nameof(name));

        return new ActorSystem(name, setup);
    }

    public IActorRef ActorOf(Props props, string? name = null) => _user.Cell.ActorOf(props, name);

    public ActorSelection ActorSelection(string actorPath) => new(this, _user, actorPath);

    public ActorSelection ActorSelection(ActorPath actorPath) => new(this, _user, actorPath.ToStringWithoutAddress());

    public void Stop(IActorRef actor) => (actor as InternalActorRef)?.Stop();

    /// <summary>Stops all actors, those of the user first. May be called more than once.</summary>
    public Task Terminate()
    {
        _user.Stop();
        return WhenTerminated;
    }

    public void Dispose() => Terminate();

    /// <summary>The one instance of an extension in this system, made at the first call.</summary>
    public T WithExtension<T>(Func<ActorSystem, T> create)
        where T : class, IExtension => (T)_extensions.GetOrAdd(typeof(T), _ => new Lazy<object>(() => create(this))).Value;

    public T RegisterExtension<T>(ExtensionIdProvider<T> extension)
        where T : class, IExtension => WithExtension(extension.CreateExtension);

    public override string ToString() => Root.Address.ToString();

    internal IActorRef SystemActorOf(Props props, string name) => _system.Cell.ActorOf(props, name);

    internal long NextUid() => Interlocked.Increment(ref _lastUid);

    internal void GuardianStopped(InternalActorRef guardian)
    {
        if (ReferenceEquals(guardian, _user))
        {
            _system.Stop();
            return;
        }

        TimerQueue.Dispose();
        _terminated.TrySetResult();
    }

    internal void LogFailure(IActorRef? source, Type? logClass, Exception failure, string message) =>
        EventStream.Publish(new Error(failure, source?.Path.ToString() ?? ToString(), logClass ?? typeof(ActorSystem), message));
}
