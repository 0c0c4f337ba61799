using Trigger.Parsing;
using Trigger.Sessions;

namespace Trigger.Cli.Output;

/// <summary>One outcome, as screens and files show it.</summary>
internal sealed record ResultLine
{
    public required string Run { get; init; }
    public required string Device { get; init; }
    public required string Platform { get; init; }
    public required int Step { get; init; }
    public required string Command { get; init; }

    /// <summary>"accepted", "refused" or "unknown".</summary>
    public required string Verdict { get; init; }

    public required string Output { get; init; }
    public string? FaultKind { get; init; }
    public string? FaultText { get; init; }
    public required long ElapsedMicroseconds { get; init; }

    /// <summary>What else is known of it; null for nothing.</summary>
    public StepNotes? Notes { get; init; }

    /// <summary>What was made of the output; null when nobody asked.</summary>
    public Parsed? Parsed { get; init; }

    /// <summary>The output without what the device's own log printed into it.</summary>
    public string Answer => LogLines.Without(Output, Notes?.LogLines);

    public bool Ok => Verdict == "accepted";
}
