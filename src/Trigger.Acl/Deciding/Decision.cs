using Trigger.Acl.Model;

namespace Trigger.Acl.Deciding;

/// <summary>What a filter does with one packet, and the term that says so.</summary>
/// <param name="Term">For <see cref="Verdict.Unknown"/> the first term that is not understood and may match; null when nothing applies.</param>
public readonly record struct Decision(Verdict Verdict, Term? Term);
