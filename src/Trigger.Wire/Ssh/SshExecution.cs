namespace Trigger.Wire.Ssh;

/// <summary>What came of a command.</summary>
/// <param name="Output">What it said; on both of its streams, as they came, unless the dial tells them apart.</param>
/// <param name="Errors">What it said on its error stream, where the dial tells it apart; else empty.</param>
/// <param name="Exit">How it ended; null when the server did not say.</param>
public sealed record SshExecution(string Output, string Errors, LineExit? Exit);
