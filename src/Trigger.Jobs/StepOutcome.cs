using System.Text.Json.Serialization;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What became of one step on one device.</summary>
/// <param name="FaultKind">The stable word of a <c>DeviceFault</c>, or null.</param>
/// <param name="FaultText">The sentence of it, or null.</param>
/// <param name="InWorkMode">Whether the device stood in the mode in which commands start when the step had ended.</param>
public sealed record StepOutcome(StepVerdict Verdict, string? FaultKind, string? FaultText, long ElapsedMicroseconds, bool InWorkMode)
{
    /// <summary>What else is worth knowing; null for nothing.</summary>
    public StepNotes? Notes { get; init; }

    /// <summary>What the device answered. Kept beside the journal's event, not in it: a fold over a thousand runs must not read a thousand configurations.</summary>
    [JsonIgnore]
    public string Output { get; init; } = "";
}
