using Trigger.Acl.Values;

namespace Trigger.Acl.Model;

/// <summary>Conditions that few terms have. Null asks nothing.</summary>
public sealed record RareMatch
{
    /// <summary>Source or destination port (Junos <c>port</c>).</summary>
    public RangeSet? EitherPorts { get; init; }

    /// <summary>Source or destination address (Junos <c>address</c>).</summary>
    public AddressSet? EitherAddress { get; init; }

    /// <summary>The values of the TCP flag byte that match: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128.</summary>
    public ByteSet? TcpFlags { get; init; }

    public ByteSet? IcmpTypes { get; init; }

    public ByteSet? IcmpCodes { get; init; }

    /// <summary>In units of eight bytes, 0 to 8191; <c>fragments</c> is 1 to 8191.</summary>
    public RangeSet? FragmentOffset { get; init; }

    /// <summary>The three header bits: more-fragments 1, dont-fragment 2, reserved 4.</summary>
    public ByteSet? IpFlags { get; init; }

    /// <summary>Values 0 to 63.</summary>
    public ByteSet? Dscp { get; init; }

    /// <summary>Values 0 to 7.</summary>
    public ByteSet? Precedence { get; init; }

    /// <summary>Values 0 to 15: the four bits below the precedence (RFC 1349).</summary>
    public ByteSet? TypeOfService { get; init; }

    /// <summary>Values 0 to 3.</summary>
    public ByteSet? Ecn { get; init; }

    /// <summary>TTL or hop limit.</summary>
    public ByteSet? Ttl { get; init; }

    public RangeSet? Length { get; init; }

    /// <summary>The TOS byte's values that dscp, precedence, tos and ecn leave, or null when none of them is asked.</summary>
    public ByteSet? TosByte()
    {
        if (Dscp is null && Precedence is null && TypeOfService is null && Ecn is null)
            return null;
        return ByteSet.Where(tos =>
            (Dscp is not { } dscp || dscp.Contains(tos >> 2)) && (Precedence is not { } precedence || precedence.Contains(tos >> 5))
            && (TypeOfService is not { } service || service.Contains(tos >> 1 & 15)) && (Ecn is not { } ecn || ecn.Contains(tos & 3)));
    }
}
