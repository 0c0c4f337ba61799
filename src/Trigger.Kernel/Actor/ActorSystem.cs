using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Routing;

namespace Trigger.Kernel.Actor;

/// <summary>A tree of actors with one clock, one event stream and one end.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly TaskCompletionSource _terminated;
    private readonly Extensions _extensions = new();
    private readonly EndHooks _endHooks = new();
    private readonly LocalActorRef _user;
    private readonly LocalActorRef _system;
    private readonly long _start;
    private long _lastUid;

    private protected ActorSystem(string name, ActorSystemSetup setup)
    {
        Name = name;
        Setup = setup;
        var kernel = setup.Get<KernelSetup>().GetOrElse(new KernelSetup());
        Settings = new Settings(this, setup.Get<BootstrapSetup>().GetOrElse(BootstrapSetup.Create()).Config.GetOrElse(Config.Empty), setup);
        Deployments = new Deployments(Settings.Config);
        Time = kernel.Time;
        Random = kernel.Random;
        _start = Time.GetTimestamp();
        Dispatcher = kernel.ChooseDispatcher();
        _terminated = new TaskCompletionSource(Dispatcher.Promises);
        Root = ActorPath.RootOf(new Address("akka", name));
        EventStream = new EventStream(Logging.LogLevelFor(Settings.LogLevel), kernel.LoggerFactory is { } factory ? new LogForwarder(factory) : null);
        Log = new BusLogging(EventStream, Root.Address.ToString(), typeof(ActorSystem), Time);
        TimerQueue = new TimerQueue(Time, failure => LogFailure(null, typeof(IScheduler), failure, "A scheduled action failed"));
        Scheduler = kernel.Scheduler ?? new KernelScheduler(TimerQueue);
        DeadLetters = new DeadLetterActorRef(this, Root / "deadLetters", new DeadLetterLog(this));
        IgnoreRef = new IgnoreActorRef(this);

        var supervisor = new RootSupervisor(this, Root);
        _user = new LocalActorRef(this, Props.Create(static () => new Guardian()), supervisor, Root.Child("user", NextUid()));
        _system = new LocalActorRef(this, Props.Create(static () => new Guardian()), supervisor, Root.Child("system", NextUid()));
        _system.SendSystem(new SystemMessage.Create());
        _user.SendSystem(new SystemMessage.Create());
    }

    public string Name { get; }

    public Settings Settings { get; }

    public ActorSystemSetup Setup { get; }

    public EventStream EventStream { get; }

    /// <summary>What is told here is published as lost.</summary>
    public IActorRef DeadLetters { get; }

    /// <summary>What is told here is gone, and nobody hears of it.</summary>
    public IActorRef IgnoreRef { get; }

    public IScheduler Scheduler { get; }

    public ILoggingAdapter Log { get; }

    /// <summary>When the system was created, on the scheduler's monotonic clock.</summary>
    public TimeSpan StartTime { get; } = TimeSpan.Zero;

    public TimeSpan Uptime => Time.GetElapsedTime(_start);

    /// <summary>Completed when the last actor has stopped.</summary>
    public Task WhenTerminated => _terminated.Task;

    internal TimeProvider Time { get; }

    internal Random Random { get; }

    internal ActorDispatcher Dispatcher { get; }

    /// <summary>Those that props may ask for by name. Only the test kit has one to add.</summary>
    internal ImmutableDictionary<string, ActorDispatcher> FurtherDispatchers { get; set; } = ImmutableDictionary<string, ActorDispatcher>.Empty;

    internal TimerQueue TimerQueue { get; }

    internal Deployments Deployments { get; }

    internal ActorPath Root { get; }

    internal LocalActorRef UserGuardian => _user;

    internal LocalActorRef SystemGuardian => _system;

    /// <summary>The end has begun: the user's actors were told to stop.</summary>
    internal bool IsTerminating { get; private set; }

    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, Setup.Setup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <exception cref="ArgumentException">The name is not made of letters, digits, dashes and underscores.</exception>
    /// <exception cref="ConfigurationException">A value in the configuration is not what it should be.</exception>
    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (string.IsNullOrEmpty(name) || name[0] is '-' or '_' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"Illegal system name [{name}]: letters, digits, - and _ are allowed, and a letter or digit first.", nameof(name));

        return new ExtendedActorSystem(name, setup);
    }

    public IActorRef ActorOf(Props props, string? name = null) => _user.Cell.ActorOf(props, name);

    public ActorSelection ActorSelection(string actorPath) => new(this, _user, actorPath);

    public ActorSelection ActorSelection(ActorPath actorPath) => new(this, _user, actorPath.ToStringWithoutAddress());

    /// <summary>Stops an actor of this system after the message in progress; what is still queued becomes dead letters.</summary>
    public void Stop(IActorRef actor)
    {
        if (actor.AsInternal() is { } own && ReferenceEquals(own.System, this))
            own.Stop();
    }

    /// <summary>Runs the phases of <see cref="CoordinatedShutdown"/> if anybody added a task to them, then stops all actors, those of the user first. May be called more than once.</summary>
    public Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate && TryGetExtension<CoordinatedShutdown>(out var shutdown))
            shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            StopActors();
        return WhenTerminated;
    }

    /// <summary>Runs when the last actor has stopped, before <see cref="WhenTerminated"/>; the latest first.</summary>
    public void RegisterOnTermination(Action code) => _endHooks.Add(code);

    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }

    /// <summary>The one instance of an extension in this system, made at the first call.</summary>
    public object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return _extensions.GetOrAdd(extension.ExtensionType, () => extension.CreateExtension((ExtendedActorSystem)this));
    }

    /// <summary>As <see cref="RegisterExtension"/>, for an extension without an id. Ours alone.</summary>
    public T WithExtension<T>(Func<ActorSystem, T> create)
        where T : class, IExtension => (T)_extensions.GetOrAdd(typeof(T), () => create(this));

    /// <returns>Null when it was not registered.</returns>
    public object? GetExtension(IExtensionId extensionId) => _extensions.TryGet(extensionId.ExtensionType, out var extension) ? extension : null;

    public T? GetExtension<T>()
        where T : class, IExtension => _extensions.TryGet(typeof(T), out var extension) ? (T)extension : null;

    public bool HasExtension(Type type) => _extensions.TryGet(type, out _);

    public bool HasExtension<T>()
        where T : class, IExtension => HasExtension(typeof(T));

    public bool TryGetExtension(Type extensionType, [NotNullWhen(true)] out object? extension) => _extensions.TryGet(extensionType, out extension);

    public bool TryGetExtension<T>([NotNullWhen(true)] out T? extension)
        where T : class, IExtension
    {
        extension = GetExtension<T>();
        return extension is not null;
    }

    public override string ToString() => Root.Address.ToString();

    internal ActorDispatcher DispatcherOf(Props props) =>
        ReferenceEquals(props.Dispatcher, Dispatchers.DefaultDispatcherId) ? Dispatcher : FurtherDispatchers.GetValueOrDefault(props.Dispatcher, Dispatcher);

    internal IActorRef SystemActorOf(Props props, string? name) => _system.Cell.ActorOf(props, name);

    internal IActorRef Resolve(string path)
    {
        var (place, uid) = path.Split('#') is [var before, var after] && long.TryParse(after, out var number) ? (before, number) : (path, 0L);
        return new ActorSelection(this, _user, place).Sole(uid);
    }

    internal long NextUid() => Interlocked.Increment(ref _lastUid);

    internal void StopActors()
    {
        IsTerminating = true;
        _user.Stop();
    }

    internal void GuardianStopped(InternalActorRef guardian)
    {
        if (ReferenceEquals(guardian, _user))
        {
            _system.Stop();
            return;
        }

        TimerQueue.Dispose();
        _endHooks.Run(failure => LogFailure(null, typeof(ActorSystem), failure, "An action for the end of the system failed"));
        _terminated.TrySetResult();
    }

    internal void LogFailure(IActorRef? source, Type? logClass, Exception failure, string message) =>
        EventStream.Publish(new Error(failure, source?.Path.ToString() ?? ToString(), logClass ?? typeof(ActorSystem), message));
}
