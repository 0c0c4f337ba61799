namespace Trigger.Acl.Deciding;

/// <summary>The outcome of comparing two filters.</summary>
/// <param name="WholePackets">Whether fragments were left out, because one of the devices puts packets together first or because the asker wished so.</param>
public sealed record Comparison(ComparisonVerdict Verdict, IReadOnlyList<FilterDifference> Differences, bool WholePackets, string? Remaining = null);

public enum ComparisonVerdict
{
    Equivalent,
    Different,

    /// <summary>It depends on conditions that are not understood.</summary>
    Unknown,

    /// <summary>The budget ended before a difference was found or excluded.</summary>
    Undecided,

    /// <summary>One sees only IPv4, the other only IPv6.</summary>
    NotApplicable,
}
