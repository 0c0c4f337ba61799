using System.Text.Json.Serialization;
using Trigger.Devices.Windows;

namespace Trigger.Jobs;

/// <summary>How carefully a run goes about its devices. Part of <see cref="RunSpec"/>, and so of the journal: whatever is not said is left out there.</summary>
public sealed record RunPolicy
{
    /// <summary>How many devices of one vendor are talked to at a time.</summary>
    public int? PerVendor { get; init; }

    /// <summary>How many devices of one site are talked to at a time.</summary>
    public int? PerSite { get; init; }

    /// <summary>Devices that share this field are never talked to at once; <see cref="RunGroups.ByName"/> groups by name, as Trigger's load_acl did.</summary>
    public string? OnePer { get; init; }

    /// <summary>The first batch, on which the others depend.</summary>
    public RunAmount? Canary { get; init; }

    /// <summary>How large the other batches are; all in one when null.</summary>
    public RunAmount? Batch { get; init; }

    /// <summary>How long a batch may settle before it is checked and the next one begins.</summary>
    public TimeSpan? Rest { get; init; }

    /// <summary>What must be true after each batch.</summary>
    public IReadOnlyList<HealthCheck>? Checks { get; init; }

    /// <summary>The devices that are checked; the batch's own when null.</summary>
    public IReadOnlyList<string>? CheckOn { get; init; }

    /// <summary>The run stops when more devices than this have failed: in the whole run, and, as a percentage, in a batch. With batches and no limit said, none may.</summary>
    public RunAmount? MaxFailures { get; init; }

    /// <summary>How often a device is tried again when it could not be reached, or its line broke while it was only read from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Retries { get; init; }

    /// <summary>How long before the first retry; each further one waits twice as long.</summary>
    public TimeSpan? RetryWait { get; init; }

    /// <summary>How many logins a second may be made with one credential, which is one account of one AAA realm.</summary>
    public double? LoginsPerSecond { get; init; }

    /// <summary>Nothing is begun after this moment.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whether somebody else than who asked for the run must approve it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Approval { get; init; }

    /// <summary>Devices are begun only while their bounce window is at most this risky.</summary>
    public BounceStatus? Window { get; init; }

    /// <summary>Why devices are begun although their window is closed; for the record.</summary>
    public string? WindowOverride { get; init; }

    [JsonIgnore]
    public bool HasBatches => Canary is not null || Batch is not null;

    /// <summary>How many devices may fail; null when any number may.</summary>
    [JsonIgnore]
    public RunAmount? FailureLimit => MaxFailures ?? (HasBatches ? new RunAmount(0, Percent: false) : null);

    /// <summary>Whether a batch needs a verdict of its own before the run goes on or ends.</summary>
    [JsonIgnore]
    public bool Settles => HasBatches || Checks is { Count: > 0 };
}
