namespace Trigger.Acl.Deciding;

/// <summary>Why a term might as well not be there.</summary>
public enum ShadowKind
{
    /// <summary>No packet satisfies its own conditions, as with <c>range 5 1</c>.</summary>
    Unmatchable,

    /// <summary>Terms before it take all its packets, and decide some of them differently: it does not do what it says.</summary>
    Shadowed,

    /// <summary>Terms before it take all its packets and decide the same.</summary>
    Redundant,

    /// <summary>It decides packets, but without it the terms behind would decide the same.</summary>
    Unneeded,

    /// <summary>The question was too large for its budget.</summary>
    Undecided,
}
