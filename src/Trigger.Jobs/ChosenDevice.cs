using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>A device of a run, and where the run's policy puts it.</summary>
public sealed record ChosenDevice(string Name, string Platform)
{
    /// <summary>From 0, in the order of the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Batch { get; init; }

    /// <summary>Index into <see cref="RunSpec.Sets"/>; null when it is sent what all are sent.</summary>
    public int? Set { get; init; }

    /// <summary>Set when the run limits how many devices of a vendor are talked to at once.</summary>
    public string? Vendor { get; init; }

    /// <summary>Set when the run limits how many devices of a site are talked to at once.</summary>
    public string? Site { get; init; }

    /// <summary>No two devices of a group are talked to at once. Null for no group.</summary>
    public string? Group { get; init; }

    /// <summary>Index into <see cref="RunEvent.DevicesChosen.Windows"/>; null when the device may be begun at any time.</summary>
    public int? Window { get; init; }
}
