namespace Trigger.Node.Broadcasts;

/// <summary>What one device said to one line of a broadcast.</summary>
/// <param name="Verdict">"accepted"; "refused" (also when it was not sent); "unknown" when a change was sent and nobody knows what came of it.</param>
/// <param name="FaultKind">A stable word; null when it was accepted.</param>
/// <param name="ElapsedUs">From the first byte sent to the prompt that ended the answer, in microseconds.</param>
public sealed record BroadcastAnswer(string Device, string Platform, string Verdict, string? FaultKind, string? FaultText, string Output, long ElapsedUs);
