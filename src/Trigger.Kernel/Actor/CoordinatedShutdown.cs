using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor;

/// <summary>
/// The end of a process in phases, each after those it depends on. The tasks of a phase run at the same time; one that fails or is late does not keep the
/// others from theirs. It runs once. <see cref="ActorSystem.Terminate"/> runs it too, if any task was added.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    /// <summary>The first: still serving, for the user's own tasks.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>No new requests are taken.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Those in progress are finished.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    public const string PhaseServiceStop = "service-stop";

    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    public const string PhaseClusterLeave = "cluster-leave";

    public const string PhaseClusterExiting = "cluster-exiting";

    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    public const string PhaseClusterShutdown = "cluster-shutdown";

    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The last: the actors stop.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _gate = new();
    private readonly ShutdownPhases _phases;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = [];
    private readonly ILoggingAdapter _log;
    private Task<Done>? _run;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        System = system;
        _phases = ShutdownPhases.From(system.Settings.Config.GetConfig("akka.coordinated-shutdown"));
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
        if (system.Settings.CoordinatedShutdownTerminateActorSystem)
            AddTask(PhaseActorSystemTerminate, "terminate-system", TerminateSystem);
        if (system.Settings.Config.GetBoolean("akka.coordinated-shutdown.run-by-clr-shutdown-hook"))
            RunAtProcessExit();
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Why it runs; null until it does.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>How long it can take at most.</summary>
    public TimeSpan TotalTimeout => _phases.InOrder.Aggregate(TimeSpan.Zero, (sum, phase) => sum + _phases.TimeoutOf(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to a phase; tasks added while the phase runs, or later, are not run.</summary>
    /// <param name="taskName">For the log.</param>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        ArgumentNullException.ThrowIfNull(task);
        _phases.Verify(phase);
        lock (_gate)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add((taskName, task));
        }
    }

    /// <summary>Runs the phases; a second call answers the task of the first.</summary>
    /// <param name="fromPhase">Where to begin; null for the first.</param>
    /// <returns>Fails when a task did whose phase must not be recovered from.</returns>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (fromPhase is not null)
            _phases.Verify(fromPhase);

        TaskCompletionSource<Done> done;
        lock (_gate)
        {
            if (_run is not null)
                return _run;

            ShutdownReason = reason;
            done = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
            _run = done.Task;
        }

        // Outside of the gate, as tasks may add tasks to later phases.
        _ = Run(fromPhase, done);
        return done.Task;
    }

    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase) => _phases.TimeoutOf(phase);

    private async Task Run(string? fromPhase, TaskCompletionSource<Done> done)
    {
        try
        {
            foreach (var phase in _phases.InOrder.SkipWhile(phase => fromPhase is not null && phase != fromPhase))
                await RunPhase(phase).ConfigureAwait(false);
            done.SetResult(Done.Instance);
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }

    private async Task RunPhase(string phase)
    {
        (string Name, Func<Task<Done>> Run)[] tasks;
        lock (_gate)
            tasks = _tasks.TryGetValue(phase, out var added) ? [.. added] : [];
        if (tasks.Length == 0 || !_phases.IsEnabled(phase))
            return;

        try
        {
            await Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Run))).WaitAsync(_phases.TimeoutOf(phase), System.Time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (_phases.Recovers(phase))
        {
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, _phases.TimeoutOf(phase));
        }
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> task)
    {
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception failure) when (_phases.Recovers(phase))
        {
            _log.Warning(failure, "Task [{0}] failed in phase [{1}]: {2}", name, phase, failure.Message);
        }
    }

    private async Task<Done> TerminateSystem()
    {
        System.StopActors();
        await System.WhenTerminated.ConfigureAwait(false);
        if (System.Settings.Config.GetBoolean("akka.coordinated-shutdown.exit-clr"))
            Environment.Exit(ShutdownReason?.ExitCode ?? 0);
        return Done.Instance;
    }

    private void RunAtProcessExit()
    {
        void Hook(object? sender, EventArgs e) => Run(ClrExitReason.Instance).Wait(TotalTimeout);

        AppDomain.CurrentDomain.ProcessExit += Hook;
        System.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= Hook);
    }

    /// <summary>Why a system ends.</summary>
    public abstract class Reason
    {
        /// <summary>What the process says to who started it, if <c>exit-clr</c> is on.</summary>
        public abstract int ExitCode { get; }

        public override string ToString() => GetType().Name;
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        public override int ExitCode => 0;
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        public override int ExitCode => 0;
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        public override int ExitCode => 0;
    }

    public class ClusterDowningReason : Reason
    {
        public static readonly Reason Instance = new ClusterDowningReason();

        public override int ExitCode => -1;
    }

    public class ClusterLeavingReason : Reason
    {
        public static readonly Reason Instance = new ClusterLeavingReason();

        public override int ExitCode => 0;
    }

    public class ClusterJoinUnsuccessfulReason : Reason
    {
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();

        public override int ExitCode => -1;
    }
}
