using Trigger.Acl.Model;

namespace Trigger.Acl.Deciding;

/// <summary>What a filter does with a set of packets.</summary>
/// <param name="Parts">Each term that decides some of them, in order, with one packet that it decides.</param>
public sealed record FlowAnswer(Verdict Verdict, IReadOnlyList<FlowPart> Parts);

/// <param name="Certain">False when a condition that is not understood may decide otherwise.</param>
public sealed record FlowPart(Term Term, Packet Witness, bool Certain);
