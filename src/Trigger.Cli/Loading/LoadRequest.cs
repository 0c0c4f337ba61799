namespace Trigger.Cli.Loading;

/// <summary>What somebody asked <c>load_acl</c> to do.</summary>
internal sealed record LoadRequest
{
    public required IReadOnlyList<string> Acls { get; init; }

    public required string? File { get; init; }

    public required bool Queue { get; init; }

    public required bool Escalation { get; init; }

    public required bool Auto { get; init; }

    public required bool Quiet { get; init; }

    public required IReadOnlyList<string> Exclude { get; init; }

    public required int Parallel { get; init; }

    public required bool Bouncy { get; init; }

    public required bool NoVip { get; init; }

    public required bool Bulk { get; init; }

    public required bool NoDb { get; init; }

    public required bool DryRun { get; init; }

    public required bool Json { get; init; }

    /// <summary>A run to go on with, instead of everything above.</summary>
    public required string? Resume { get; init; }

    public required string? Folder { get; init; }

    public required string? Windows { get; init; }
}
