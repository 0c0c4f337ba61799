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

    /// <summary>A line that becomes slow and then breaks.</summary>
    Decay,

    /// <summary>The coordinator hears of everything late, while another node is cut off for less than its lease.</summary>
    LateNews,
}

/// <summary>What may happen in a night, and how the protocol is broken in it.</summary>
internal sealed record NightPlan
{
    /// <summary>One is drawn from these at a time. Default all, some more often.</summary>
    public IReadOnlyList<NightFault> Faults { get; init; } =
    [
        NightFault.Kill, NightFault.Freeze, NightFault.Freeze, NightFault.CutOff, NightFault.CutOff, NightFault.Losses, NightFault.Slowness, NightFault.NoDatabase, NightFault.ClockJump,
        NightFault.Leave, NightFault.Decay, NightFault.LateNews,
    ];

    public Func<ClusterParameters, LeaseRules>? Rules { get; init; }
}
