using Trigger.Kernel.Configuration;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>The phases of a shutdown: Akka.NET's twelve in their order, and what the configuration adds under <c>phases</c> with <c>depends-on</c>.</summary>
internal sealed class ShutdownPhases
{
    private static readonly (string Name, int Seconds)[] Standard =
    [
        (CoordinatedShutdown.PhaseBeforeServiceUnbind, 5),
        (CoordinatedShutdown.PhaseServiceUnbind, 5),
        (CoordinatedShutdown.PhaseServiceRequestsDone, 5),
        (CoordinatedShutdown.PhaseServiceStop, 5),
        (CoordinatedShutdown.PhaseBeforeClusterShutdown, 5),
        (CoordinatedShutdown.PhaseClusterShardingShutdownRegion, 10),
        (CoordinatedShutdown.PhaseClusterLeave, 5),
        (CoordinatedShutdown.PhaseClusterExiting, 10),
        (CoordinatedShutdown.PhaseClusterExitingDone, 5),
        (CoordinatedShutdown.PhaseClusterShutdown, 5),
        (CoordinatedShutdown.PhaseBeforeActorSystemTerminate, 5),
        (CoordinatedShutdown.PhaseActorSystemTerminate, 10),
    ];

    private readonly Dictionary<string, Phase> _phases;

    private ShutdownPhases(Dictionary<string, Phase> phases)
    {
        _phases = phases;
        InOrder = Sort(phases);
    }

    /// <summary>Every phase after all that it depends on.</summary>
    internal IReadOnlyList<string> InOrder { get; }

    internal static ShutdownPhases From(Config config)
    {
        var general = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        var phases = new Dictionary<string, Phase>();
        string? before = null;
        foreach (var (name, seconds) in Standard)
        {
            phases.Add(name, new Phase(before is null ? [] : [before], seconds == 5 ? general : TimeSpan.FromSeconds(seconds), Recovers: true, IsEnabled: true));
            before = name;
        }

        var written = config.GetConfig("phases");
        foreach (var name in written.Hocon.Keys)
        {
            var section = written.GetSection(name);
            var standard = phases.GetValueOrDefault(name) ?? new Phase([], general, Recovers: true, IsEnabled: true);
            phases[name] = new Phase(
                [.. section.GetStringList("depends-on", standard.DependsOn)],
                section.GetTimeSpan("timeout", standard.Timeout),
                section.GetBoolean("recover", standard.Recovers),
                section.GetBoolean("enabled", standard.IsEnabled));
        }

        return new ShutdownPhases(phases);
    }

    internal TimeSpan TimeoutOf(string phase) => Of(phase).Timeout;

    internal bool Recovers(string phase) => Of(phase).Recovers;

    internal bool IsEnabled(string phase) => Of(phase).IsEnabled;

    internal void Verify(string phase) => Of(phase);

    private Phase Of(string phase) => _phases.TryGetValue(phase, out var known)
        ? known
        : throw new ConfigurationException($"Unknown shutdown phase [{phase}]. Known are: {string.Join(", ", InOrder)}. More are defined with a depends-on under akka.coordinated-shutdown.phases.");

    private static List<string> Sort(Dictionary<string, Phase> phases)
    {
        var order = new List<string>();
        var (underWay, done) = (new HashSet<string>(), new HashSet<string>());

        // The standard ones first, so that whatever else is defined comes as late as its dependents allow and no sooner than asked.
        foreach (var name in Standard.Select(phase => phase.Name).Concat(phases.Keys))
            Visit(name);
        return order;

        void Visit(string name)
        {
            if (done.Contains(name))
                return;

            if (!underWay.Add(name))
                throw new ConfigurationException($"The shutdown phases depend on each other in a circle, through [{name}].");

            foreach (var before in phases.TryGetValue(name, out var phase) ? phase.DependsOn : [])
                Visit(before);
            done.Add(name);
            if (phases.ContainsKey(name))
                order.Add(name);
        }
    }

    private sealed record Phase(string[] DependsOn, TimeSpan Timeout, bool Recovers, bool IsEnabled);
}
