using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>That a run changes configurations, and how. Part of <see cref="RunSpec"/>, whose commands are then the lines to load; the rest is decided as results come.</summary>
public sealed record ChangePlan
{
    /// <summary>How each of the run's platforms is changed, as it was known when the run was accepted.</summary>
    public required IReadOnlyDictionary<string, ChangeRecipe> Recipes { get; init; }

    /// <summary>Whether the lines are all there will be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replace { get; init; }

    /// <summary>Whether nothing is committed: what would be changed is shown, and forgotten.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DiffOnly { get; init; }

    /// <summary>After how many minutes the device undoes what was not confirmed; null for a change that counts at once.</summary>
    public int? TrialMinutes { get; init; }

    /// <summary>After how many minutes the device restarts unless the change went well; null for no such thing.</summary>
    public int? ReloadMinutes { get; init; }

    /// <summary>What must be true on the device behind the change.</summary>
    public IReadOnlyList<HealthCheck>? Verify { get; init; }

    /// <summary>How long the device may settle before it is verified.</summary>
    public TimeSpan? Settle { get; init; }

    /// <summary>Whether the change is not kept over a restart, where that is a command of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unsaved { get; init; }

    /// <summary>Whether a change that fails its verification stays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Stays { get; init; }
}
