namespace Trigger.Storage;

/// <summary>An event ready to be written, and the rows that must be true in the same instant.</summary>
/// <param name="Type">The event's name in the journal.</param>
/// <param name="Body">JSON, UTF-8.</param>
public sealed record StoredEvent(string Type, byte[] Body, OutcomeRow? Outcome = null, RunChange? Run = null);
