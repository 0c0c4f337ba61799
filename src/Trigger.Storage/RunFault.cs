namespace Trigger.Storage;

/// <summary>How many outcomes of a run have one kind of fault, and the first device, by name, that has it.</summary>
public sealed record RunFault(string Kind, long Outcomes, string Example);
