namespace Trigger.Wire;

/// <summary>What came of knocking at a port.</summary>
/// <param name="Greeting">What the server said first, without control characters; empty when it was not asked for or did not come.</param>
/// <param name="Fault">Why it counts as not reached, as a sentence; null when it was.</param>
public sealed record PortAnswer(string Greeting, string? Fault, TimeSpan Elapsed);
