namespace Trigger.Storage;

/// <summary>What is fixed about a run from the start.</summary>
public sealed record RunHeader(DateTimeOffset At, string By, string Selection, IReadOnlyList<string> Commands, IReadOnlyList<string> Inventory);
