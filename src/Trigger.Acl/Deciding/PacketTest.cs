using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Whether one packet satisfies one condition, read straight off the model: the slow and plain way, by which every fast answer's witness is checked.</summary>
public static class PacketTest
{
    /// <summary>Whether the term matches the packet, as far as its conditions are understood.</summary>
    public static bool Matches(Term term, in Packet packet, FragmentRule rule)
    {
        if (term.Inactive)
            return false;
        if (Matches(term.Match, packet, rule, term.Action.Permits))
            return true;
        for (var i = 0; i < term.Also.Count; i++)
        {
            if (Matches(term.Also[i], packet, rule, term.Action.Permits))
                return true;
        }

        return false;
    }

    private static bool Matches(Match match, in Packet packet, FragmentRule rule, bool permits)
    {
        if (match.IsEmpty || !match.Protocols.Contains(packet.Protocol) || !Speaks(match.Source, packet.Family, packet.Source) || !Speaks(match.Destination, packet.Family, packet.Destination))
            return false;
        if (match.Rare is { } rare && !Header(rare, packet))
            return false;
        if (!match.AsksLayer4)
            return true;
        if (!Bears(match, packet.Protocol))
            return false;
        if (packet.FragmentOffset > 0)
            return rule == FragmentRule.PermitOnLayer3 && permits;
        return Layer4(match, packet);
    }

    private static bool Speaks(AddressSet set, Family family, UInt128 address) => set.Contains(family, address);

    private static bool Header(RareMatch rare, in Packet packet) =>
        (rare.EitherAddress is not { } either || either.Contains(packet.Family, packet.Source) || either.Contains(packet.Family, packet.Destination))
        && (rare.FragmentOffset is not { } offset || offset.Contains(packet.FragmentOffset))
        && (rare.IpFlags is not { } flags || flags.Contains(packet.IpFlags))
        && (rare.TosByte() is not { } tos || tos.Contains(packet.Tos))
        && (rare.Ttl is not { } ttl || ttl.Contains(packet.Ttl))
        && (rare.Length is not { } length || length.Contains(packet.Length));

    // A condition on a field holds only for protocols that have the field.
    private static bool Bears(Match match, int protocol) =>
        ((match.SourcePorts is null && match.DestinationPorts is null && match.Rare?.EitherPorts is null) || Names.WithPorts.Contains(protocol))
        && (match.Rare?.TcpFlags is null || protocol == 6)
        && ((match.Rare?.IcmpTypes is null && match.Rare?.IcmpCodes is null) || protocol is 1 or 58);

    private static bool Layer4(Match match, in Packet packet) =>
        (match.SourcePorts is not { } from || from.Contains(packet.SourcePort))
        && (match.DestinationPorts is not { } to || to.Contains(packet.DestinationPort))
        && (match.Rare is not { } rare
            || ((rare.EitherPorts is not { } either || either.Contains(packet.SourcePort) || either.Contains(packet.DestinationPort))
                && (rare.TcpFlags is not { } flags || flags.Contains(packet.TcpFlags))
                && (rare.IcmpTypes is not { } types || types.Contains(packet.IcmpType))
                && (rare.IcmpCodes is not { } codes || codes.Contains(packet.IcmpCode))));
}
