using System.Net;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;

namespace Trigger.Tests.Acl;

/// <summary>A rule drawn at random, which spells and evaluates itself without the product's help: the oracle of the agreement tests.</summary>
internal sealed record DrawnRule(bool Permit, int Protocol, DrawnNet Source, DrawnNet Destination, (int Low, int High)? SourcePorts, (int Low, int High)? DestinationPorts, bool Established, int? IcmpType, bool Fragments)
{
    private bool AsksLayer4 => SourcePorts is not null || DestinationPorts is not null || Established || IcmpType is not null;

    public static DrawnRule Draw(Random random, bool inet6, bool wildcards)
    {
        var protocol = random.Next(10) switch { < 5 => 6, < 7 => 17, 7 => inet6 ? 58 : 1, 8 => 47, _ => -1 };
        var ports = protocol is 6 or 17;
        return new DrawnRule(
            random.Next(10) < 6, protocol, DrawnNet.Draw(random, inet6, wildcards), DrawnNet.Draw(random, inet6, wildcards),
            ports && random.Next(5) == 0 ? Ports(random) : null, ports && random.Next(3) > 0 ? Ports(random) : null,
            protocol == 6 && random.Next(6) == 0, protocol is 1 or 58 && random.Next(2) == 0 ? random.Next(3) + (protocol == 58 ? 128 : 0) : null,
            random.Next(12) == 0);
    }

    private static (int, int) Ports(Random random) => random.Next(4) switch
    {
        0 => (0, random.Next(1, 30)),
        1 => (random.Next(20, 30), 65535),
        2 => random.Next(20, 26) is var low ? (low, low + random.Next(1, 6)) : default,
        _ => random.Next(20, 30) is var one ? (one, one) : default,
    };

    // Fragments and ports together say nothing that all dialects agree on.
    public DrawnRule Plain() => Fragments ? this with { SourcePorts = null, DestinationPorts = null, Established = false, IcmpType = null } : this;

    public bool Matches(in Packet packet, FragmentRule rule)
    {
        if ((Protocol >= 0 && Protocol != packet.Protocol) || !Source.Holds(packet.Source) || !Destination.Holds(packet.Destination) || (Fragments && packet.FragmentOffset == 0))
            return false;
        if (!AsksLayer4)
            return true;
        if (packet.FragmentOffset > 0)
            return rule == FragmentRule.PermitOnLayer3 && Permit;
        return (SourcePorts is not { } from || (packet.SourcePort >= from.Low && packet.SourcePort <= from.High))
            && (DestinationPorts is not { } to || (packet.DestinationPort >= to.Low && packet.DestinationPort <= to.High))
            && (!Established || (packet.TcpFlags & 0x14) != 0)
            && (IcmpType is not { } type || packet.IcmpType == type);
    }

    public string Cisco(Dialect dialect, bool inet6)
    {
        var name = Protocol switch
        {
            -1 => dialect == Dialect.IosXr ? inet6 ? "ipv6" : "ipv4" : inet6 && dialect != Dialect.Asa ? "ipv6" : "ip",
            6 => "tcp",
            17 => "udp",
            1 => "icmp",
            58 => dialect == Dialect.IosXr ? "icmpv6" : dialect == Dialect.Asa ? "icmp6" : "icmp",
            _ => "gre",
        };
        return $"{(Permit ? "permit" : "deny")} {name} {Source.Cisco(dialect)}{Ports(SourcePorts)} {Destination.Cisco(dialect)}{Ports(DestinationPorts)}{(Established ? " established" : "")}{(IcmpType is { } type ? $" {type}" : "")}{(Fragments ? " fragments" : "")}";
    }

    public string Junos(int number, bool inet6)
    {
        var from = new List<string>();
        if (Source.Length > 0 || Source.Wild != 0)
            from.Add($"source-address {{ {Source.Junos()}; }}");
        if (Destination.Length > 0 || Destination.Wild != 0)
            from.Add($"destination-address {{ {Destination.Junos()}; }}");
        if (Protocol >= 0)
            from.Add($"{(inet6 ? "next-header" : "protocol")} {Protocol};");
        if (SourcePorts is { } source)
            from.Add($"source-port {source.Low}-{source.High};");
        if (DestinationPorts is { } destination)
            from.Add($"destination-port {destination.Low}-{destination.High};");
        if (Established)
            from.Add("tcp-established;");
        if (IcmpType is { } type)
            from.Add($"icmp-type {type};");
        if (Fragments)
            from.Add("is-fragment;");
        return $"term t{number} {{ from {{ {string.Join(' ', from)} }} then {(Permit ? "accept" : "discard")}; }}";
    }

    public string ScreenOs(int number)
    {
        var service = Protocol < 0 ? "ANY" : $"v{number}";
        var lines = new List<string>();
        if (Protocol is 1 or 58 && IcmpType is { } type)
            lines.Add($"set service \"{service}\" protocol {Protocol} type {type}");
        else if (Protocol >= 0)
            lines.Add($"set service \"{service}\" protocol {(Protocol == 6 ? "tcp" : Protocol == 17 ? "udp" : Protocol)} src-port {Dashed(SourcePorts)} dst-port {Dashed(DestinationPorts)}");
        if (Source.Length > 0)
            lines.Add($"set address \"Trust\" \"s{number}\" {Source.Junos()}");
        if (Destination.Length > 0)
            lines.Add($"set address \"Untrust\" \"d{number}\" {Destination.Junos()}");
        lines.Add($"set policy id {number + 1} from \"Trust\" to \"Untrust\" \"{(Source.Length > 0 ? $"s{number}" : "Any")}\" \"{(Destination.Length > 0 ? $"d{number}" : "Any")}\" \"{service}\" {(Permit ? "permit" : "deny")}");
        return string.Join('\n', lines) + "\n";
    }

    public string PanOs(int number)
    {
        var rule = $"set rulebase security rules r{number}";
        var lines = new List<string> { $"{rule} from trust to untrust source {(Source.Length > 0 ? $"s{number}" : "any")} destination {(Destination.Length > 0 ? Destination.Junos() : "any")} application any" };
        if (Source.Length > 0)
            lines.Insert(0, $"set address s{number} ip-netmask {Source.Junos()}");
        if (Protocol >= 0)
            lines.Add($"set service v{number} protocol {(Protocol == 6 ? "tcp" : "udp")} port {Dashed(DestinationPorts)}");
        if (SourcePorts is not null)
            lines.Add($"set service v{number} protocol {(Protocol == 6 ? "tcp" : "udp")} source-port {Dashed(SourcePorts)}");
        lines.Add($"{rule} service {(Protocol >= 0 ? $"v{number}" : "any")}");
        lines.Add($"{rule} action {(Permit ? "allow" : "deny")}");
        return string.Join('\n', lines) + "\n";
    }

    private static string Dashed((int Low, int High)? ports) => ports is var (low, high) ? $"{low}-{high}" : "0-65535";

    private static string Ports((int Low, int High)? ports) => ports switch
    {
        null => "",
        var (low, high) when low == high => $" eq {low}",
        (0, var high) => $" lt {high + 1}",
        (var low, 65535) => $" gt {low - 1}",
        var (low, high) => $" range {low} {high}",
    };
}

/// <summary>A prefix, or a value with scattered free bits.</summary>
internal sealed record DrawnNet(bool Inet6, UInt128 Value, int Length, uint Wild)
{
    private UInt128 Last => Inet6 ? UInt128.MaxValue : uint.MaxValue;

    private UInt128 Free => FreeOf(Inet6, Length);

    // The low bits as a number, and not the high ones shifted away: a shift by 128 does nothing.
    private static UInt128 FreeOf(bool inet6, int length) => length == 0 ? inet6 ? UInt128.MaxValue : uint.MaxValue : (UInt128.One << ((inet6 ? 128 : 32) - length)) - 1;

    public static DrawnNet Draw(Random random, bool inet6, bool wildcards)
    {
        if (random.Next(4) == 0)
            return new DrawnNet(inet6, 0, 0, 0);
        // Few distinct bits, so that rules meet each other often.
        UInt128 value = inet6 ? (UInt128)0x20010DB8 << 96 | (uint)random.Next(8) : (uint)(0x0A000000 | random.Next(3) << 16 | random.Next(3) << 8 | random.Next(8));
        if (wildcards && !inet6 && random.Next(5) == 0)
            return new DrawnNet(false, value & ~(UInt128)0x00FF0005, 32, 0x00FF0005);
        var length = inet6 ? random.Next(125, 129) : (int[])[8, 16, 24, 29, 30, 31, 32, 32] is var lengths ? lengths[random.Next(lengths.Length)] : 0;
        return new DrawnNet(inet6, value & ~FreeOf(inet6, length), length, 0);
    }

    public bool Holds(UInt128 address) => Wild != 0 ? ((uint)address & ~Wild) == (uint)Value : (address & ~Free) == Value;

    public IEnumerable<UInt128> Edges() => Wild != 0 ? [Value, Value | Wild, Value | 1, Value | 2] : [Value, Value | Free, Value == 0 ? Value : Value - 1, (Value | Free) == Last ? Last : (Value | Free) + 1];

    public string Cisco(Dialect dialect)
    {
        if (Length == 0 && Wild == 0)
            return dialect == Dialect.Asa ? Inet6 ? "any6" : "any4" : "any";
        if (Wild != 0)
            return $"{Text(Value)} {Text(Wild)}";
        if (Inet6 || (dialect is Dialect.NxOs or Dialect.Eos && Length < 32))
            return $"{Text(Value)}/{Length}";
        return Length == 32 ? $"host {Text(Value)}" : $"{Text(Value)} {Text(dialect == Dialect.Asa ? uint.MaxValue - Free : Free)}";
    }

    public string Junos() => Wild != 0 ? $"{Text(Value)}/{Text(uint.MaxValue - Wild)}" : $"{Text(Value)}/{Length}";

    private string Text(UInt128 address)
    {
        var bytes = new byte[Inet6 ? 16 : 4];
        for (var i = bytes.Length - 1; i >= 0; i--, address >>= 8)
            bytes[i] = (byte)address;
        return new IPAddress(bytes).ToString();
    }
}
