namespace Trigger.Storage;

/// <summary>One session that was recorded for a run.</summary>
/// <param name="Session">Unique; later sessions of a device sort behind earlier ones.</param>
/// <param name="At">When it began.</param>
/// <param name="Whole">Whether its end is there, too. Without it the session goes on, or its node died.</param>
public sealed record RecordingRow(string Device, string Session, DateTimeOffset At, bool Whole);
