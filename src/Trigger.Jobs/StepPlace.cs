namespace Trigger.Jobs;

/// <summary>Where a step belongs, in words.</summary>
public sealed record StepPlace(ChosenDevice Device, string Command);
