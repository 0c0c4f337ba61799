namespace Trigger.Wire.Ssh;

/// <summary>What came of a command.</summary>
/// <param name="Output">Both of its streams, as they came.</param>
/// <param name="Exit">How it ended; null when the server did not say.</param>
public sealed record SshExecution(string Output, LineExit? Exit);
