using Trigger.Acl.Model;

namespace Trigger.Acl.Deciding;

/// <summary>One term that might as well not be there.</summary>
/// <param name="Because">The terms that take its packets; together when they are several.</param>
/// <param name="Witness">For a shadowed term: a packet it means and another term decides differently.</param>
/// <param name="DecidedBy">That other term.</param>
/// <param name="Remaining">For an undecided term: the part that was left, in words.</param>
public sealed record ShadowFinding(ShadowKind Kind, Term Term, IReadOnlyList<Term> Because, Packet? Witness = null, Term? DecidedBy = null, string? Remaining = null);
