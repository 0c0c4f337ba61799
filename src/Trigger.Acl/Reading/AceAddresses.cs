using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads one address condition: <c>any</c>, <c>host A</c>, <c>A WILDCARD</c>, <c>A/len</c> or a group.</summary>
internal sealed class AceAddresses(AceRules rules, GroupTable groups)
{
    private readonly AddressSet anyInet = new(AddressMatch.All(Family.Inet));
    private readonly AddressSet anyInet6 = new(AddressMatch.All(Family.Inet6));

    /// <summary>The addresses, or null with <see cref="AceLine.Mistake"/> told.</summary>
    /// <param name="lone">An address without a wildcard is a host, as in standard lists.</param>
    public AddressSet? Read(ref Words words, AceLine line, bool lone)
    {
        var word = words.Take();
        switch (word)
        {
            case "any":
                return AddressSet.Any;
            case "any4":
                return anyInet;
            case "any6":
                return anyInet6;
            case "host":
                return Host(ref words, line);
            case "object-group" or "addrgroup" or "net-group" or "object":
                return Group(ref words, line);
            case "interface":
                line.Unknown.Add($"interface {words.Take()}");
                return AddressSet.Any;
            // ASA: who sends stands before where from.
            case "user" or "user-group" or "object-group-user" or "object-group-security":
                line.Unknown.Add($"{word} {words.Take()}");
                return Read(ref words, line, lone);
            case "security-group":
                line.Unknown.Add($"{word} {words.Take()} {words.Take()}");
                return Read(ref words, line, lone);
            case "":
                return Wrong(line, words.At, "expected an address, the line ends");
        }

        if (word.Contains('/'))
            return AddressText.TryPrefix(word, out var prefix) ? Checked(prefix, line, words.At) : Wrong(line, words.At, $"'{AceParser.Short(word)}' is no prefix");
        if (!groups.TryAddress(word, out var family, out var address))
            return Wrong(line, words.At, $"expected an address, got '{AceParser.Short(word)}'");
        return family == Family.Inet ? WithMask(ref words, line, (uint)address, lone) : Checked(AddressMatch.Host(family, address), line, words.At);
    }

    private AddressSet? WithMask(ref Words words, AceLine line, uint address, bool lone)
    {
        if (AddressText.TryInet(words.Peek(), out var mask))
        {
            words.Take();
            return Checked(AddressMatch.Wildcard(Family.Inet, address, rules.Netmasks ? ~mask : mask), line, words.At);
        }

        if (lone)
            return Checked(AddressMatch.Host(Family.Inet, address), line, words.At);
        var next = words.Take();
        return Wrong(line, words.At, $"expected a {(rules.Netmasks ? "netmask" : "wildcard")} after {AddressText.Of(Family.Inet, address)}, {(next.IsEmpty ? "the line ends" : $"got '{AceParser.Short(next)}'")}");
    }

    private AddressSet? Host(ref Words words, AceLine line)
    {
        var word = words.Take();
        return groups.TryAddress(word, out var family, out var address)
            ? Checked(AddressMatch.Host(family, address), line, words.At)
            : Wrong(line, words.At, word.IsEmpty ? "expected an address after host, the line ends" : $"expected an address after host, got '{AceParser.Short(word)}'");
    }

    private AddressSet? Group(ref Words words, AceLine line)
    {
        var name = words.Take().ToString();
        if (name.Length == 0)
            return Wrong(line, words.At, "expected a group's name, the line ends");
        var (found, unknown) = groups.Addresses(name, new Position(line.Context.Line, line.Context.Column + words.At));
        line.Unknown.AddRange(unknown);
        // A group of which something is unknown may match anything.
        return unknown.Count > 0 ? AddressSet.Any : new AddressSet([.. found]);
    }

    private static AddressSet? Checked(AddressMatch match, AceLine line, int at)
    {
        if (line.Context.Family != Family.Any && match.Family != line.Context.Family)
            return Wrong(line, at, $"an {(match.Family == Family.Inet ? "IPv4" : "IPv6")} address in an {(match.Family == Family.Inet ? "IPv6" : "IPv4")} list");
        return new AddressSet(match);
    }

    private static AddressSet? Wrong(AceLine line, int at, string message)
    {
        line.Mistake = new LineMistake(at, message);
        return null;
    }
}
