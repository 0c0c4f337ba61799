using System.Collections.Immutable;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>A run as its events tell it. Immutable; <see cref="RunRules"/> makes the next one.</summary>
public sealed record RunState
{
    public static RunState Empty { get; } = new();

    public RunSpec? Spec { get; init; }

    public IReadOnlyList<ChosenDevice> Devices { get; init; } = [];

    /// <summary>By index into <see cref="Devices"/>; a device that nothing has happened to is missing.</summary>
    public ImmutableDictionary<int, DeviceProgress> Progress { get; init; } = ImmutableDictionary<int, DeviceProgress>.Empty;

    /// <summary>What <see cref="ChosenDevice.Window"/> counts.</summary>
    public IReadOnlyList<RunWindow> Windows { get; init; } = [];

    /// <summary>How each batch stands.</summary>
    public ImmutableDictionary<int, BatchProgress> BatchProgress { get; init; } = ImmutableDictionary<int, BatchProgress>.Empty;

    /// <summary>Batches that are over and were found well; also the number of the one under way.</summary>
    public int BatchesPassed { get; init; }

    /// <summary>Devices with a step that was not accepted.</summary>
    public int FailedDevices { get; init; }

    /// <summary>What a batch's verdict ended the run for.</summary>
    public string? StoppedBecause { get; init; }

    public string? ApprovedBy { get; init; }

    public string? PausedBy { get; init; }

    public string? CancelledBy { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int Accepted { get; init; }

    public int Refused { get; init; }

    public int Unknown { get; init; }

    /// <summary>Steps of a device that has no commands of its own.</summary>
    public int Steps => Spec?.Commands.Count ?? 0;

    /// <summary>Steps of all devices together.</summary>
    public int TotalSteps { get; init; }

    /// <summary>Steps without an outcome.</summary>
    public int Open => TotalSteps - Accepted - Refused - Unknown;

    public int Batches => BatchProgress.Count;

    public BatchProgress Batch(int number) => BatchProgress.GetValueOrDefault(number);

    /// <summary>How often it was resumed.</summary>
    public int Lives { get; init; }

    /// <summary>How many devices have got what a change left them with.</summary>
    public int Changed { get; init; }

    public int StepsOf(int device) => Spec!.Change is null ? Spec.CommandsOf(Devices[device]).Count : this[device].Lines.Length;

    /// <summary>Which part of a change the step belongs to; null in other runs.</summary>
    public ChangePart? PartOf(int device, int step) => Spec!.Change is null ? null : ChangeLines.PartOf(this, device, step).Part;

    public string CommandOf(int device, int step) => Spec!.Change is null ? Spec.CommandsOf(Devices[device])[step] : this[device].Lines[step];

    /// <summary>Whether nothing is left to do on the device.</summary>
    public bool IsOver(int device) => Spec!.Change is null ? this[device].Next >= StepsOf(device) : this[device].Ending is not null;

    /// <summary>Whether nothing is left to do on any.</summary>
    public bool IsOver() => Open == 0 && (Spec!.Change is null || Changed == Devices.Count);

    /// <summary>The device's steps without an outcome, ready to be sent.</summary>
    public IReadOnlyList<Step> StepsLeft(int device) => [.. Enumerable.Range(this[device].Next, StepsOf(device) - this[device].Next).Select(step => StepOf(device, step))];

    /// <summary>The device's step of that number, ready to be sent.</summary>
    public Step StepOf(int device, int number) => Spec!.Change is null ? Spec.Step(Devices[device], number) : ChangeLines.Step(this, device, number);

    public DeviceProgress this[int device] => Progress.GetValueOrDefault(device, DeviceProgress.None);
}
