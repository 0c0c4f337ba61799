using Microsoft.Extensions.Logging;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;

namespace Trigger.Kernel.Hosting;

/// <summary>What a system is given at its creation beyond Akka.NET's settings. Ours alone.</summary>
public sealed class KernelSetup : Setup
{
    /// <summary>The clock and timers of everything in the system. Default: the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What <see cref="ActorSystem.Scheduler"/> is. Default: one on <see cref="Time"/> that ends with the system. Timers, timeouts and deadlines do not go through it.</summary>
    public IScheduler? Scheduler { get; init; }

    /// <summary>Where routers and backoffs take their chances. Default: <see cref="Random.Shared"/>; a seeded one repeats them.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where log events go besides the event stream. Default: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The least important log events still published. Default: <see cref="Event.LogLevel.InfoLevel"/>.</summary>
    public Event.LogLevel LogLevel { get; init; } = Event.LogLevel.InfoLevel;

    /// <summary>How many actors may run at once; null leaves it to the .NET thread pool.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Replaces the dispatcher altogether; <see cref="Parallelism"/> is then without effect.</summary>
    public ActorDispatcher? Dispatcher { get; init; }

    /// <summary>How many dead letters are logged before the log falls silent for five minutes. Default 10; 0 logs none.</summary>
    public int LoggedDeadLetters { get; init; } = 10;

    internal ActorDispatcher ChooseDispatcher() =>
        Dispatcher ?? (Parallelism is { } limit ? new BoundedDispatcher(Math.Max(1, limit)) : new ThreadPoolDispatcher());
}
