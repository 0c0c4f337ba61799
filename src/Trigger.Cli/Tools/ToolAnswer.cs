using Trigger.Jobs;

namespace Trigger.Cli.Tools;

/// <summary>What one device said to all that a tool sent it.</summary>
internal sealed record ToolAnswer(string Device, IReadOnlyList<(string Command, StepOutcome Outcome)> Steps)
{
    public bool IsWhole => Steps.All(step => step.Outcome.Verdict == StepVerdict.Accepted);

    /// <summary>The first fault, as a sentence; null when there is none.</summary>
    public string? Fault => Steps.Select(step => step.Outcome).FirstOrDefault(outcome => outcome.Verdict != StepVerdict.Accepted)?.FaultText;
}
