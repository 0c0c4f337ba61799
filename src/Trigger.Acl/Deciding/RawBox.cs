using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>One product of intervals, in the numbers of the packet; its byte-wide sides are sets, interned in <see cref="RawBoxes"/>.</summary>
internal struct RawBox
{
    public UInt128 SourceLow, SourceHigh, DestinationLow, DestinationHigh;
    public int SourcePortLow, SourcePortHigh, DestinationPortLow, DestinationPortHigh;
    public int OffsetLow, OffsetHigh, LengthLow, LengthHigh;
    public int Protocols, TcpFlags, IcmpTypes, IcmpCodes, IpFlags, Tos, Ttl;

    /// <summary>Which term of the filter this is a part of.</summary>
    public int Owner;

    public static RawBox Everything(Family family) => new()
    {
        SourceHigh = AddressMatch.Last(family),
        DestinationHigh = AddressMatch.Last(family),
        SourcePortHigh = 65535,
        DestinationPortHigh = 65535,
        OffsetHigh = 8191,
        LengthHigh = 65535,
    };

    /// <summary>Whether both can hold of one packet, the sets apart.</summary>
    public readonly bool Meets(in RawBox other) =>
        DestinationLow <= other.DestinationHigh && other.DestinationLow <= DestinationHigh
        && SourceLow <= other.SourceHigh && other.SourceLow <= SourceHigh
        && DestinationPortLow <= other.DestinationPortHigh && other.DestinationPortLow <= DestinationPortHigh
        && SourcePortLow <= other.SourcePortHigh && other.SourcePortLow <= SourcePortHigh
        && OffsetLow <= other.OffsetHigh && other.OffsetLow <= OffsetHigh;

    /// <summary>Whether both say the same of a packet; the owner does not count.</summary>
    public readonly bool SameAs(in RawBox other) =>
        SourceLow == other.SourceLow && SourceHigh == other.SourceHigh && DestinationLow == other.DestinationLow && DestinationHigh == other.DestinationHigh
        && SourcePortLow == other.SourcePortLow && SourcePortHigh == other.SourcePortHigh && DestinationPortLow == other.DestinationPortLow && DestinationPortHigh == other.DestinationPortHigh
        && OffsetLow == other.OffsetLow && OffsetHigh == other.OffsetHigh && LengthLow == other.LengthLow && LengthHigh == other.LengthHigh
        && Protocols == other.Protocols && TcpFlags == other.TcpFlags && IcmpTypes == other.IcmpTypes && IcmpCodes == other.IcmpCodes
        && IpFlags == other.IpFlags && Tos == other.Tos && Ttl == other.Ttl;

    public readonly int Hash()
    {
        var hash = HashCode.Combine(SourceLow, SourceHigh, DestinationLow, DestinationHigh, SourcePortLow << 16 ^ SourcePortHigh, DestinationPortLow << 16 ^ DestinationPortHigh, OffsetLow << 16 ^ OffsetHigh, Protocols);
        return HashCode.Combine(hash, TcpFlags << 16 ^ IcmpTypes << 8 ^ IcmpCodes, IpFlags << 16 ^ Tos << 8 ^ Ttl, LengthLow << 16 ^ LengthHigh);
    }
}
