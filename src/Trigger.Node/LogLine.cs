using Microsoft.Extensions.Logging;

namespace Trigger.Node;

/// <summary>One line of a node's log.</summary>
public sealed record LogLine(long Number, DateTimeOffset At, LogLevel Level, string Category, string Text)
{
    public override string ToString() => $"{At.UtcDateTime:HH:mm:ss.fff}Z {Level.ToString().ToLowerInvariant(),-11} {Category}: {Text}";
}
