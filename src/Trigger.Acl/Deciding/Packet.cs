using System.Globalization;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>One packet, as far as a filter can see it.</summary>
public readonly record struct Packet
{
    public Packet()
    {
    }

    public Family Family { get; init; } = Family.Inet;

    public UInt128 Source { get; init; }

    public UInt128 Destination { get; init; }

    public int Protocol { get; init; } = 6;

    public int SourcePort { get; init; }

    public int DestinationPort { get; init; }

    /// <summary>FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128.</summary>
    public int TcpFlags { get; init; }

    public int IcmpType { get; init; }

    public int IcmpCode { get; init; }

    /// <summary>In units of eight bytes; only a packet at 0 shows ports, flags and ICMP types.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>More-fragments 1, dont-fragment 2, reserved 4.</summary>
    public int IpFlags { get; init; }

    public int Tos { get; init; }

    public int Ttl { get; init; } = 64;

    public int Length { get; init; } = 64;

    public bool HasPorts => FragmentOffset == 0 && Values.Names.WithPorts.Contains(Protocol);

    public bool HasFlags => FragmentOffset == 0 && Protocol == 6;

    public bool HasIcmp => FragmentOffset == 0 && Protocol is 1 or 58;

    /// <summary>For people: <c>tcp 10.0.0.1:49152 > 10.0.0.2:80 syn</c>. What is as usual is not said.</summary>
    public override string ToString()
    {
        var text = new List<string>
        {
            Values.Names.Protocols.Name(Protocol) ?? string.Create(CultureInfo.InvariantCulture, $"protocol {Protocol}"),
            $"{End(Source, HasPorts ? SourcePort : null)} > {End(Destination, HasPorts ? DestinationPort : null)}",
        };
        if (HasFlags)
            text.Add(Flags());
        if (HasIcmp)
            text.Add($"type {IcmpType} code {IcmpCode}");
        if (FragmentOffset > 0)
            text.Add($"fragment at {FragmentOffset}");
        if (IpFlags != 0)
            text.Add($"ip flags {IpFlags}");
        if (Tos != 0)
            text.Add($"tos {Tos}");
        if (Ttl != 64)
            text.Add($"ttl {Ttl}");
        if (Length != 64)
            text.Add($"length {Length}");
        return string.Join(' ', text);
    }

    private string Flags()
    {
        var flags = TcpFlags;
        var names = new[] { "fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr" }.Where((_, bit) => (flags >> bit & 1) != 0);
        return flags == 0 ? "no flags" : string.Join('+', names);
    }

    private string End(UInt128 address, int? port) => (Family, port) switch
    {
        (_, null) => AddressText.Of(Family, address),
        (Family.Inet6, _) => $"[{AddressText.Of(Family, address)}]:{port}",
        _ => $"{AddressText.Of(Family, address)}:{port}",
    };
}
