using Trigger.Acl.Deciding;
using Trigger.Acl.Model;

namespace Trigger.Acl.Changing;

/// <summary>Whether a state between two filters permits what neither permits.</summary>
public static class Safety
{
    /// <summary>Null when it does not; otherwise a sentence with a packet that shows it.</summary>
    public static string? Breach(Filter before, Filter after, Filter between, Budget? budget = null)
    {
        var found = UnionSearch.Beyond(before, after, between, budget ?? Budget.Default);
        return found switch
        {
            (true, _) => null,
            (false, { } packet) when LinearDecider.Decide(between, packet).Verdict == Verdict.Permit => $"{packet} is permitted, which neither list permits",
            (false, { } packet) => $"{packet} may be permitted, by a line that is not understood",
            _ => "it could not be shown that nothing else is permitted",
        };
    }
}
