namespace Trigger.Jobs;

/// <summary>How a batch stands: its devices, those with steps still open, those with a step that was not accepted.</summary>
public readonly record struct BatchProgress(int Size, int Left, int Failed);
