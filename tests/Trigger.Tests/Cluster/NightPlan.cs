using Trigger.Cluster;
using Trigger.Cluster.Leases;

namespace Trigger.Tests.Cluster;

internal enum NightFault
{
    Kill,
    Freeze,
    CutOff,
    Losses,
    Slowness,
    NoDatabase,
    ClockJump,
    Leave,
}

/// <summary>What may happen in a night, and how the protocol is broken in it.</summary>
internal sealed record NightPlan
{
    /// <summary>One is drawn from these at a time. Default all, some more often.</summary>
    public IReadOnlyList<NightFault> Faults { get; init; } =
    [
        NightFault.Kill, NightFault.Freeze, NightFault.Freeze, NightFault.CutOff, NightFault.CutOff, NightFault.Losses, NightFault.Slowness, NightFault.NoDatabase, NightFault.ClockJump,
        NightFault.Leave,
    ];

    public Func<ClusterParameters, LeaseRules>? Rules { get; init; }

    public bool FencesWithoutLooking { get; init; }
}
