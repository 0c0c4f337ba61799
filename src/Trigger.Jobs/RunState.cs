using System.Collections.Immutable;

namespace Trigger.Jobs;

/// <summary>A run as its events tell it. Immutable; <see cref="RunRules"/> makes the next one.</summary>
public sealed record RunState
{
    public static RunState Empty { get; } = new();

    public RunSpec? Spec { get; init; }

    public IReadOnlyList<ChosenDevice> Devices { get; init; } = [];

    /// <summary>By index into <see cref="Devices"/>; a device that nothing has happened to is missing.</summary>
    public ImmutableDictionary<int, DeviceProgress> Progress { get; init; } = ImmutableDictionary<int, DeviceProgress>.Empty;

    public string? CancelledBy { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int Accepted { get; init; }

    public int Refused { get; init; }

    public int Unknown { get; init; }

    public int Steps => Spec?.Commands.Count ?? 0;

    /// <summary>Steps without an outcome.</summary>
    public int Open => (Devices.Count * Steps) - Accepted - Refused - Unknown;

    public DeviceProgress this[int device] => Progress.GetValueOrDefault(device, DeviceProgress.None);
}
