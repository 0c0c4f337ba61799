using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Actor;

/// <summary>
/// What a system's configuration says, with Akka.NET's keys and defaults. Only keys that do something are here; where a <see cref="KernelSetup"/> says
/// the same, the configuration wins.
/// </summary>
public class Settings
{
    private const int DefaultVirtualNodes = 10;

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(setup);
        System = system;
        Config = config;
        Setup = setup;
        var kernel = setup.Get<KernelSetup>().GetOrElse(new KernelSetup());

        LogLevel = config.GetString("akka.loglevel", kernel.LogLevel.StringFor());
        LogDeadLetters = DeadLetters(config, kernel.LoggedDeadLetters);
        LogDeadLettersDuringShutdown = config.GetBoolean("akka.log-dead-letters-during-shutdown", true);
        LogDeadLettersSuspendDuration = config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        Throughput = Math.Max(1, config.GetInt("akka.actor.default-dispatcher.throughput", 30));
        DebugUnhandledMessage = config.GetBoolean("akka.actor.debug.unhandled");
        EmitActorTelemetry = config.GetBoolean("akka.actor.telemetry.enabled");
        DefaultVirtualNodesFactor = config.GetInt("akka.actor.deployment.default.virtual-nodes-factor", DefaultVirtualNodes);
        CoordinatedShutdownTerminateActorSystem = config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);
        CoordinatedShutdownRunByActorSystemTerminate = config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);
    }

    public ActorSystem System { get; }

    public Config Config { get; private set; }

    public ActorSystemSetup Setup { get; }

    /// <summary>DEBUG, INFO, WARNING, ERROR or OFF.</summary>
    public string LogLevel { get; }

    /// <summary>How many dead letters are logged before the log falls silent for a while; 0 for none.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    /// <summary>How long the log is silent. Infinite: until the system ends.</summary>
    public TimeSpan LogDeadLettersSuspendDuration { get; }

    /// <summary>How long an Ask without a timeout waits. Default: for ever.</summary>
    public TimeSpan AskTimeout { get; }

    public bool DebugUnhandledMessage { get; }

    /// <summary>Whether <see cref="ActorStarted"/>, <see cref="ActorStopped"/> and <see cref="ActorRestarted"/> are published.</summary>
    public bool EmitActorTelemetry { get; }

    public int DefaultVirtualNodesFactor { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>How many messages an actor may receive before others get their turn.</summary>
    internal int Throughput { get; }

    /// <summary>Puts a configuration beneath the present one; what has been read already is not read again.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    private static int DeadLetters(Config config, int otherwise) => config.GetString("akka.log-dead-letters")?.ToUpperInvariant() switch
    {
        null => otherwise,
        "ON" or "TRUE" or "YES" => int.MaxValue,
        "OFF" or "FALSE" or "NO" => 0,
        _ => config.GetInt("akka.log-dead-letters"),
    };
}
