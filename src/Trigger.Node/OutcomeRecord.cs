using Trigger.Sessions;

namespace Trigger.Node;

/// <summary>One step's outcome as it stands in the journal.</summary>
/// <param name="Verdict">"accepted", "refused" or "unknown".</param>
public sealed record OutcomeRecord(
    string Run, string Device, string Platform, int Step, string Command, string Verdict, string? FaultKind, string? FaultText, long ElapsedMicroseconds, string Output)
{
    /// <summary>What else is known of it; null for nothing.</summary>
    public StepNotes? Notes { get; init; }
}
