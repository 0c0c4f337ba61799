namespace Trigger.Node;

/// <summary>A session that a run has recorded.</summary>
/// <param name="Session">Its name; later sessions of a device sort behind earlier ones.</param>
/// <param name="At">When it began.</param>
/// <param name="Whole">Whether its end is there, too. Without it the session goes on, or its node died.</param>
public sealed record RecordingRecord(string Device, string Session, DateTimeOffset At, bool Whole);
