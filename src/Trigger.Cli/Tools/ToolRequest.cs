using Trigger.Devices.Platforms;

namespace Trigger.Cli.Tools;

/// <summary>What every run of one call of a tool has in common.</summary>
internal sealed record ToolRequest
{
    public required PlatformCatalog Catalog { get; init; }

    public required IReadOnlyList<string> Inventory { get; init; }

    /// <summary>What was asked for, for people who read the journal.</summary>
    public required string Selection { get; init; }

    public required int AuthFailures { get; init; }

    /// <summary>For one command; null for the platform's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    public TimeSpan? LoginLimit { get; init; }
}
