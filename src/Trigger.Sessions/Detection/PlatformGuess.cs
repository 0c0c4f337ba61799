namespace Trigger.Sessions.Detection;

/// <summary>A platform that a device may be of.</summary>
/// <param name="Platform">Its id.</param>
/// <param name="Score">How much speaks for it; only comparisons mean something.</param>
/// <param name="Why">Each clue, as a sentence's end: "its SSH server calls itself SSH-2.0-Cisco-1.25".</param>
public sealed record PlatformGuess(string Platform, int Score, IReadOnlyList<string> Why);
