using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Asks term after term, as a device's manual tells it. Slow, and the measure of every other way.</summary>
public static class LinearDecider
{
    public static Decision Decide(Filter filter, in Packet packet)
    {
        if (filter.Family != Family.Any && filter.Family != packet.Family)
            return new Decision(Verdict.NotApplicable, null);
        return Decide([.. filter.Terms, .. filter.Tail], Dialects.FragmentRule(filter.Dialect), packet);
    }

    internal static Decision Decide(IReadOnlyList<Term> terms, FragmentRule rule, in Packet packet)
    {
        Term? doubtful = null;
        bool? leaning = null;
        foreach (var term in terms)
        {
            if (!term.Action.Decides || !PacketTest.Matches(term, packet, rule))
                continue;
            // What is not understood may decide or may let go on: only if all that may decide say the same, the answer is known.
            if (leaning is { } before && before != term.Action.Permits)
                return new Decision(Verdict.Unknown, doubtful);
            if (term.Sure)
                return new Decision(term.Action.Permits ? Verdict.Permit : Verdict.Deny, term);
            leaning = term.Action.Permits;
            doubtful ??= term;
        }

        // Unreachable while every dialect's tail ends in a term without conditions, but a filter may be built by hand.
        return new Decision(leaning is null ? Verdict.Deny : Verdict.Unknown, doubtful);
    }
}
