namespace Trigger.Sessions.Detection;

/// <summary>What came of asking a device what it is.</summary>
/// <param name="Guesses">The best first; none when nothing fits.</param>
/// <param name="Sureness">How far the first of them can be believed.</param>
/// <param name="Sent">The probes that were typed, in order. Never anything else, except the login and a farewell.</param>
/// <param name="Prompt">The prompt that was seen, or empty.</param>
/// <param name="Fault">Why it ended early, or null. What was learned before still counts.</param>
public sealed record DetectionReport(IReadOnlyList<PlatformGuess> Guesses, Sureness Sureness, IReadOnlyList<string> Sent, string Prompt, DeviceFault? Fault);
