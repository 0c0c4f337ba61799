namespace Trigger.Jobs;

/// <summary>A device of a run.</summary>
public sealed record ChosenDevice(string Name, string Platform);
