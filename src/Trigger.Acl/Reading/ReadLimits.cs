namespace Trigger.Acl.Reading;

/// <summary>How much of a stranger's text is read before it is refused.</summary>
public sealed record ReadLimits
{
    public static ReadLimits Default { get; } = new();

    /// <summary>Characters of text.</summary>
    public int Characters { get; init; } = 64 * 1024 * 1024;

    /// <summary>Characters of one line.</summary>
    public int LineLength { get; init; } = 65536;

    /// <summary>How deep braces, or groups in groups, may go.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Members of one object group, its groups' members included.</summary>
    public int GroupMembers { get; init; } = 100_000;

    /// <summary>How many mistakes are told one by one.</summary>
    public int Diagnostics { get; init; } = 1000;
}
