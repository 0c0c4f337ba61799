using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Gathers the object groups of a text of Cisco's kind before its lists are read, since a group may be defined behind its use.</summary>
internal sealed class CiscoGroups(AceRules rules, GroupTable groups, DiagnosticList said)
{
    private readonly AcePorts ports = new(rules, groups);
    private ObjectGroup? open;
    private string kind = "";
    private ByteSet protocols = ByteSet.All;

    public void Read(string text)
    {
        for (var lines = new CiscoLines(text, rules.Dialect); lines.Next();)
        {
            var line = lines.Line;
            var words = new Words(line);
            var indent = words.NextAt;
            if (line.IsEmpty || indent >= line.Length || line[indent] == '!')
                continue;
            var at = new Position(lines.Number, indent + 1);
            var first = words.Take();
            if (first is "name" && indent == 0 && rules.Dialect == Dialect.Asa)
                Name(ref words);
            else if (first is "object-group" or "object" && (indent == 0 || open is null || first is "object-group"))
                Open(first, ref words, at);
            else if (open is not null && indent > 0)
                Member(first, ref words, line[indent..], at);
            else
                open = null;
        }
    }

    private void Name(ref Words words)
    {
        if (AddressText.TryAddress(words.Take(), out var family, out var address) && !words.Done)
            groups.Host(words.Take().ToString(), family, address);
    }

    private void Open(ReadOnlySpan<char> head, ref Words words, Position at)
    {
        // object-group network G | ip address G | network ipv4 G | port G | service G [tcp] ; object network N
        kind = words.Take().ToString();
        if (kind is "ip" or "ipv6" or "ipv4")
            kind = words.Take().ToString();
        else if (kind == "network" && words.Peek() is "ipv4" or "ipv6")
            words.Take();
        var name = words.Take().ToString();
        if (name.Length == 0)
        {
            open = null;
            return;
        }

        protocols = words.Take() switch { "tcp" => ByteSet.Of(6), "udp" => ByteSet.Of(17), "tcp-udp" => ByteSet.Of(6) | ByteSet.Of(17), _ => ByteSet.All };
        open = kind switch
        {
            "network" or "address" => groups.Network(name, at),
            "service" or "port" or "protocol" or "icmp-type" => groups.Service(name, at),
            _ => null,
        };
        if (open is null && !head.IsEmpty)
            said.Note(at, $"object group of kind '{kind}' is left alone");
    }

    private void Member(ReadOnlySpan<char> first, ref Words words, ReadOnlySpan<char> whole, Position at)
    {
        // An ASA also writes into an object how it is translated, which is not what it is.
        if (first is "description" or "nat")
            return;
        if (first is "group-object" or "object-group" || (first is "network-object" or "port-object" or "service-object" && words.Peek() is "object-group" or "object" && words.Take().Length > 0)
            || (first is "object" && kind is "network" or "service"))
        {
            open!.Groups.Add((words.Take().ToString(), at));
            return;
        }

        // NX-OS and IOS-XR number the members.
        if (!first.IsEmpty && !first.ContainsAnyExceptInRange('0', '9'))
            first = words.Take();
        var read = kind is "network" or "address" ? Address(first, ref words, at) : Service(first, ref words, at);
        if (read && words.Done)
            return;
        open!.Unknown.Add(whole.ToString());
        said.Warn(at, $"'{AceParser.Short(whole)}' in group '{open.Name}' is not understood: lines that use the group are unknown");
    }

    private bool Address(ReadOnlySpan<char> first, ref Words words, Position at)
    {
        if (first is "network-object" or "subnet" or "ip" or "address")
            first = words.Take();
        if (first is "host")
            first = words.Take();
        if (first is "any")
        {
            open!.Addresses.AddRange([AddressMatch.All(Family.Inet), AddressMatch.All(Family.Inet6)]);
            return true;
        }

        if (first is "range")
        {
            if (!AddressText.TryAddress(words.Take(), out var family, out var low) || !AddressText.TryAddress(words.Take(), out var same, out var high) || family != same || low > high)
                return false;
            open!.Addresses.Add(new AddressMatch(family, low, high));
            return true;
        }

        if (groups.TryAddress(first, out var of, out var address) && of == Family.Inet && AddressText.TryInet(words.Peek(), out var mask))
        {
            words.Take();
            // Groups are written with netmasks on IOS and ASA, and with wildcards on NX-OS and EOS.
            open!.Addresses.Add(AddressMatch.Wildcard(Family.Inet, (uint)address, rules.Netmasks || rules.Dialect is Dialect.Ios or Dialect.Brocade or Dialect.Dell ? ~mask : mask));
            return true;
        }

        if (AddressText.TryPrefix(first, out var prefix))
        {
            open!.Addresses.Add(prefix);
            return true;
        }

        if (groups.TryAddress(first, out of, out address))
        {
            open!.Addresses.Add(AddressMatch.Host(of, address));
            return true;
        }

        _ = at;
        return false;
    }

    private bool Service(ReadOnlySpan<char> first, ref Words words, Position at)
    {
        if (kind == "icmp-type" && (first is "icmp-object"))
            return Icmp(words.Take(), ByteSet.Of(1));
        if (first is "port-object" || kind == "port")
            return PortsAlone(first, ref words, at);
        if (first is "service-object" or "service" or "protocol-object")
            first = words.Take();
        var both = first is "tcp-udp";
        if (!both && Protocol(first) is not { } only)
            return false;
        else
            only = both ? ByteSet.Of(6) | ByteSet.Of(17) : Protocol(first)!.Value;
        if (only.Count == 1 && (only.Contains(1) || only.Contains(58)) && !words.Done)
            return Icmp(words.Take(), only);
        return Ports(only, ref words, at);
    }

    private static ByteSet? Protocol(ReadOnlySpan<char> word) =>
        word is "ip" ? ByteSet.All
        : int.TryParse(word, System.Globalization.NumberStyles.None, null, out var number) || Names.Protocols.TryNumber(word, out number) ? number < 256 ? ByteSet.Of(number) : null
        : null;

    private bool Icmp(ReadOnlySpan<char> word, ByteSet protocol)
    {
        var both = int.TryParse(word, System.Globalization.NumberStyles.None, null, out var type) ? type << 8 | 255 : Names.IosIcmp.TryNumber(word, out var named) ? named : -1;
        if (both < 0 || both >> 8 > 255)
            return false;
        open!.Services.Add(new ServiceEntry(protocol, null, null, ByteSet.Of(both >> 8), (both & 255) == 255 ? null : ByteSet.Of(both & 255)));
        return true;
    }

    private bool PortsAlone(ReadOnlySpan<char> first, ref Words words, Position at)
    {
        var line = Line(at);
        var from = words;
        if (first is "eq" or "neq" or "lt" or "gt" or "range")
            from = Rewound(words, first);
        if (!ports.Read(ref from, line, out var found) || found is null)
            return false;
        words = from;
        open!.Services.Add(new ServiceEntry(protocols, null, found) { PortsOnly = true });
        return true;
    }

    // The operator has been taken already; begin again at it.
    private static Words Rewound(Words words, ReadOnlySpan<char> first)
    {
        var again = new Words(words.Line);
        while (!again.Done && !again.Peek().Equals(first, StringComparison.Ordinal))
            again.Take();
        return again;
    }

    private bool Ports(ByteSet only, ref Words words, Position at)
    {
        var line = Line(at);
        RangeSet? source = null;
        if (words.TryTake("source") && !ports.Read(ref words, line, out source))
            return false;
        words.TryTake("destination");
        // IOS allows the operator to be left out before a single port.
        if (!words.Done && ports.TryName(words.Peek(), out var named))
        {
            words.Take();
            open!.Services.Add(new ServiceEntry(only, source, RangeSet.Of(named)));
            return true;
        }

        if (int.TryParse(words.Peek(), System.Globalization.NumberStyles.None, null, out var number) && number <= 65535)
        {
            words.Take();
            open!.Services.Add(new ServiceEntry(only, source, RangeSet.Of(number)));
            return true;
        }

        if (!ports.Read(ref words, line, out var destination))
            return false;
        open!.Services.Add(new ServiceEntry(only, source, destination));
        return true;
    }

    private static AceLine Line(Position at) => new(new AceContext("", at.Line, at.Column, 0, 0, Family.Any, false)) { Protocols = ByteSet.Of(6) };
}
