using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads one port condition, if there is one: <c>eq 80 443</c>, <c>range 1 5</c>, <c>portgroup P</c>.</summary>
internal sealed class AcePorts(AceRules rules, GroupTable groups)
{
    // Lists ask for few different ports, ten thousand times.
    private readonly Dictionary<int, RangeSet> single = [];

    public bool Read(ref Words words, AceLine line, out RangeSet? ports)
    {
        ports = null;
        switch (words.Peek())
        {
            case "eq" or "neq" or "lt" or "le" or "gt" or "ge" or "range":
                break;
            case "portgroup" or "port-group" or "portset":
                words.Take();
                ports = Group(ref words, line);
                return true;
            case "object-group" when Names(ref words) && line.IsIcmp:
                words.Take();
                Types(ref words, line);
                return true;
            case "object-group" when Names(ref words):
                words.Take();
                ports = Group(ref words, line);
                return true;
            default:
                return true;
        }

        if (line.Services is null && (line.Protocols & Values.Names.WithPorts) != line.Protocols)
        {
            words.Take();
            line.Mistake = new LineMistake(words.At, "only tcp, udp and sctp have ports");
            return false;
        }

        ports = Operator(ref words, line);
        return ports is not null;
    }

    // ASA: an object-group behind the source is its ports only if it is a group of services; otherwise it is the destination.
    private bool Names(ref Words words)
    {
        var ahead = words;
        ahead.Take();
        var name = ahead.Take().ToString();
        return groups.HasService(name) && !groups.HasNetwork(name);
    }

    private RangeSet Group(ref Words words, AceLine line)
    {
        var name = words.Take().ToString();
        var (services, unknown) = groups.Services(name, new Position(line.Context.Line, line.Context.Column + words.At));
        line.Unknown.AddRange(unknown);
        if (unknown.Count > 0)
            return RangeSet.All;
        return services.Where(one => one.Protocols.Meets(line.Protocols)).Aggregate(RangeSet.Empty, (all, one) => all.Union(one.Destination ?? RangeSet.All));
    }

    // ASA: behind the destination of an icmp line stands a group of its types.
    private void Types(ref Words words, AceLine line)
    {
        var name = words.Take().ToString();
        var (services, unknown) = groups.Services(name, new Position(line.Context.Line, line.Context.Column + words.At));
        line.Unknown.AddRange(unknown);
        if (unknown.Count == 0)
            line.Services = [.. services.Select(one => one with { Protocols = line.Protocols })];
    }

    private RangeSet? Operator(ref Words words, AceLine line)
    {
        var kind = words.Take();
        if (Port(ref words, line, required: true) is not { } first)
            return null;
        switch (kind)
        {
            case "lt":
                return RangeSet.Of(0, first - 1);
            case "le":
                return RangeSet.Of(0, first);
            case "gt":
                return RangeSet.Of(first + 1, 65535);
            case "ge":
                return RangeSet.Of(first, 65535);
            case "range":
                return Port(ref words, line, required: true) is { } second ? RangeSet.Of(first, second) : null;
        }

        var ports = Single(first);
        for (var more = 0; more < 63 && IsPort(ref words); more++)
        {
            if (Port(ref words, line, required: true) is not { } next)
                return null;
            ports = ports.Union(Single(next));
        }

        return kind is "neq" ? ports.Complement() : ports;
    }

    private bool IsPort(ref Words words)
    {
        var word = words.Peek();
        return !word.IsEmpty && (int.TryParse(word, NumberStyles.None, null, out _) || TryName(word, out _));
    }

    /// <summary>The port that the dialect means by a name.</summary>
    public bool TryName(ReadOnlySpan<char> word, out int number) =>
        (rules.Dialect == Model.Dialect.Asa && Values.Names.AsaPorts.TryNumber(word, out number)) || Values.Names.Ports.TryNumber(word, out number);

    private int? Port(ref Words words, AceLine line, bool required)
    {
        var word = words.Take();
        if (int.TryParse(word, NumberStyles.None, null, out var number))
        {
            if (number <= 65535)
                return number;
            line.Mistake = new LineMistake(words.At, $"port {number} is out of range; ports are 0 to 65535");
            return null;
        }

        if (TryName(word, out number))
            return number;
        if (required)
            line.Mistake = new LineMistake(words.At, word.IsEmpty ? "expected a port, the line ends" : $"expected a port, got '{AceParser.Short(word)}'");
        return null;
    }

    private RangeSet Single(int port)
    {
        if (!single.TryGetValue(port, out var set))
            single.Add(port, set = RangeSet.Of(port));
        return set;
    }
}
