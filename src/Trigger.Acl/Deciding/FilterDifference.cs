using Trigger.Acl.Model;

namespace Trigger.Acl.Deciding;

/// <summary>Packets that two filters decide differently.</summary>
/// <param name="Witness">One of them.</param>
/// <param name="Before">What the first filter does with it.</param>
/// <param name="After">What the second does.</param>
/// <param name="Region">More of them, in words.</param>
/// <param name="Certain">False when it depends on a condition that is not understood.</param>
public sealed record FilterDifference(Packet Witness, Term Before, Term After, string Region, bool Certain)
{
    /// <summary>Whether the second filter lets through what the first does not.</summary>
    public bool Widens => After.Action.Permits;
}
