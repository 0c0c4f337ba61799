using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>A filter made ready to decide many packets quickly. It may be used by several threads at once.</summary>
public sealed class PacketIndex
{
    private readonly Filter filter;
    private readonly Layout? inet;
    private readonly Layout? inet6;

    public PacketIndex(Filter filter)
    {
        this.filter = filter;
        if (filter.Family != Family.Inet6)
            inet = Layout.Of(Family.Inet, null, wholePackets: false, Budget.Default, filter);
        foreach (var axis in inet?.Space.Axes ?? [])
            axis.Hasten();
        if (filter.Family != Family.Inet)
            inet6 = Layout.Of(Family.Inet6, null, wholePackets: false, Budget.Default, filter);
    }

    public Decision Decide(in Packet packet)
    {
        if ((packet.Family == Family.Inet ? inet : inet6) is not { } layout)
            return new Decision(Verdict.NotApplicable, null);
        var compiled = layout.Filters[0];
        Span<int> point = stackalloc int[layout.Space.Axes.Count];
        layout.Space.Locate(packet, point);
        var box = layout.First(point, compiled.To);
        if (box >= compiled.To)
            return LinearDecider.Decide(filter, packet);
        var owner = layout.Space.Owner(box);
        return compiled.Sure(owner)
            ? new Decision(compiled.Permits(owner) ? Verdict.Permit : Verdict.Deny, compiled.Terms[owner])
            : LinearDecider.Decide(filter, packet);
    }
}
