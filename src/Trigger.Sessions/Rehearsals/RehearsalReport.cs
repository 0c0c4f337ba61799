namespace Trigger.Sessions.Rehearsals;

/// <summary>What came of a rehearsal.</summary>
/// <param name="Seen">What the session saw and did, in order, for people.</param>
/// <param name="Mistakes">Where definition and dialogue do not agree, each as <c>file:line: …</c>; none when all went as written.</param>
/// <param name="LongestSpeech">The most bytes that the device said without waiting.</param>
public sealed record RehearsalReport(IReadOnlyList<string> Seen, IReadOnlyList<string> Mistakes, int LongestSpeech);
