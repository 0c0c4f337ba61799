namespace Trigger.Node.Api;

/// <summary>How carefully, as the options of <c>trigger run</c>.</summary>
public sealed record RunOrderRules
{
    public int? PerVendor { get; init; }

    public int? PerSite { get; init; }

    public string? OnePer { get; init; }

    public string? Canary { get; init; }

    public string? Batch { get; init; }

    public string? Rest { get; init; }

    /// <summary>Each <c>COMMAND =~ PATTERN</c> or <c>COMMAND !~ PATTERN</c>.</summary>
    public IReadOnlyList<string>? Checks { get; init; }

    public string? CheckOn { get; init; }

    public string? MaxFailures { get; init; }

    public int? Retries { get; init; }

    public string? RetryWait { get; init; }

    public double? LoginsPerSecond { get; init; }

    /// <summary>A moment, such as 2026-11-22T05:00Z, or a time from now, such as 2h.</summary>
    public string? Deadline { get; init; }

    public bool Approval { get; init; }

    /// <summary>"green" or "yellow".</summary>
    public string? When { get; init; }

    public string? OverrideWindow { get; init; }
}
