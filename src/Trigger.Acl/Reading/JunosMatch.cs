using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads the <c>from</c> of a Junos term. Different keys must all hold, values of one key are alternatives, and what a key's <c>-except</c> lists is taken out.</summary>
internal sealed class JunosMatch(JunosNode root, Family family, DiagnosticList said)
{
    private static readonly NameTable FragmentFlags = new("more-fragments 1 dont-fragment 2 reserved 4");

    private readonly Dictionary<string, List<AddressMatch>> addresses = [];
    private readonly Dictionary<string, RangeSet> numbers = [];
    private RareMatch? rare;
    private ByteSet protocols = ByteSet.All;

    // Keys of which a value is not known: what is known of them must not narrow the term.
    private readonly HashSet<string> doubtful = [];

    public List<string> Unknown { get; } = [];

    public Match Read(IEnumerable<JunosNode> statements, Position term)
    {
        foreach (var statement in statements.Where(one => !one.Inactive))
            Read(statement);
        protocols &= Set("protocol", 255) & Set("next-header", 255) & Set("payload-protocol", 255);
        Rare(r => r with { IcmpTypes = Maybe("icmp-type"), IcmpCodes = Maybe("icmp-code"), Ttl = Maybe("ttl") ?? Maybe("hop-limit"), Dscp = Maybe("dscp") ?? Maybe("traffic-class"), Precedence = Maybe("precedence") });
        Rare(r => r with { EitherPorts = Take("port"), Length = Take("packet-length"), FragmentOffset = Take("fragment-offset") is { } offset ? Both(r.FragmentOffset, offset) : r.FragmentOffset, EitherAddress = Addresses("address") });
        var match = new Match
        {
            Protocols = protocols,
            Source = Addresses("source-address") ?? AddressSet.Any,
            Destination = Addresses("destination-address") ?? AddressSet.Any,
            SourcePorts = Take("source-port"),
            DestinationPorts = Take("destination-port"),
            Rare = rare == new RareMatch() ? null : rare,
        };
        if (match.AsksLayer4 && protocols.IsAll)
            said.Note(term, "asks for ports, flags or ICMP types without a protocol: the device reads those bytes of any packet; here only protocols that have them are taken to match");
        return match;
    }

    private void Read(JunosNode statement)
    {
        var except = statement.Key.EndsWith("-except", StringComparison.Ordinal);
        var key = except ? statement.Key[..^7] : statement.Key;
        switch (key)
        {
            case "address" or "source-address" or "destination-address":
                ReadAddresses(statement, key);
                break;
            case "prefix-list" or "source-prefix-list" or "destination-prefix-list":
                ReadPrefixLists(statement, key.Replace("prefix-list", "address", StringComparison.Ordinal));
                break;
            case "protocol" or "next-header" or "payload-protocol":
                Numbers(statement, key, except, 255, Names.Protocols);
                break;
            case "port" or "source-port" or "destination-port":
                Numbers(statement, key, except, 65535, Names.Ports);
                break;
            case "icmp-type":
                Numbers(statement, key, except, 255, family == Family.Inet6 ? Names.Icmp6 : Names.JunosIcmpTypes);
                break;
            case "icmp-code":
                Numbers(statement, key, except, 255, Names.JunosIcmpCodes);
                break;
            case "ttl" or "hop-limit":
                Numbers(statement, key, except, 255);
                break;
            case "dscp" or "traffic-class":
                Numbers(statement, key, except, 63, Names.Dscp);
                break;
            case "precedence":
                Numbers(statement, key, except, 7, Names.Precedence);
                break;
            case "packet-length" or "fragment-offset":
                Numbers(statement, key, except, key == "packet-length" ? 65535 : 8191);
                break;
            default:
                if (!ReadFlags(statement))
                    Keep(statement);
                break;
        }
    }

    private bool ReadFlags(JunosNode statement)
    {
        var text = string.Join(' ', statement.Words.Skip(1));
        switch (statement.Key)
        {
            case "tcp-established":
                Rare(r => r with { TcpFlags = Names.Established & (r.TcpFlags ?? ByteSet.All) });
                return true;
            case "tcp-initial":
                Rare(r => r with { TcpFlags = Names.Initial & (r.TcpFlags ?? ByteSet.All) });
                return true;
            case "tcp-flags" when FlagExpression.Parse(text, Names.TcpFlags) is { } flags:
                Rare(r => r with { TcpFlags = flags & (r.TcpFlags ?? ByteSet.All) });
                return true;
            case "fragment-flags" when FlagExpression.Parse(text, FragmentFlags) is { } bits:
                Rare(r => r with { IpFlags = bits });
                return true;
            case "first-fragment":
                Rare(r => r with { FragmentOffset = Both(r.FragmentOffset, RangeSet.Of(0)), IpFlags = ByteSet.Where(bits => (bits & 1) != 0) });
                return true;
            case "is-fragment":
                Rare(r => r with { FragmentOffset = Both(r.FragmentOffset, RangeSet.Of(1, 8191)) });
                return true;
            case "apply-groups" or "apply-groups-except":
                return true;
            default:
                return false;
        }
    }

    private void ReadAddresses(JunosNode statement, string key)
    {
        var list = Open(key);
        var values = statement.HasBraces ? statement.Values() : [(string.Join(' ', statement.Words.Skip(1)), statement.At, false)];
        foreach (var (text, at, _) in values.Where(value => !value.Item3))
        {
            var except = text.EndsWith(" except", StringComparison.Ordinal);
            var words = (except ? text[..^7] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in words)
            {
                if (Address(word) is { } match)
                    list.Add(match with { Except = except });
                else
                    Doubt(key, $"{key} {word}", at, $"expected an address, got '{AceParser.Short(word)}'");
            }
        }
    }

    // A length, or for IPv4 a mask of any bits; alone it is a host.
    private static AddressMatch? Address(string word)
    {
        if (AddressText.TryPrefix(word, out var prefix))
            return prefix;
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && AddressText.TryInet(word.AsSpan(0, slash), out var value) && AddressText.TryInet(word.AsSpan(slash + 1), out var mask)
            ? AddressMatch.Wildcard(Family.Inet, value, ~mask)
            : null;
    }

    private void ReadPrefixLists(JunosNode statement, string key)
    {
        var list = Open(key);
        var values = statement.HasBraces ? statement.Values() : [(string.Join(' ', statement.Words.Skip(1)), statement.At, false)];
        foreach (var (text, at, _) in values.Where(value => !value.Item3))
        {
            var except = text.EndsWith(" except", StringComparison.Ordinal);
            foreach (var name in (except ? text[..^7] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (root.Child("policy-options")?.Child("prefix-list", name) is { Inactive: false } found)
                {
                    var members = found.HasBraces ? found.Values().ToList() : [];
                    if (!members.Exists(member => !member.Inactive))
                        Empty(key, name, at);
                    foreach (var (member, where, off) in members)
                    {
                        if (!off && Address(member) is { } match)
                            list.Add(match with { Except = except });
                        else if (!off && member.StartsWith("apply-path", StringComparison.Ordinal))
                            Path(key, name, at);
                        else if (!off && !member.StartsWith("apply-", StringComparison.Ordinal))
                            Doubt(key, $"prefix-list {name}", where, $"expected a prefix, got '{AceParser.Short(member)}'");
                    }
                }
                else
                {
                    Unknown.Add($"prefix-list {name}");
                    doubtful.Add(key);
                    said.Warn(at, $"prefix-list '{name}' is not defined in this text: answers that depend on it are unknown");
                }
            }
        }
    }

    private void Numbers(JunosNode statement, string key, bool except, int most, params NameTable[] names)
    {
        var found = new List<(int, int)>();
        foreach (var (text, at, inactive) in statement.Values())
        {
            if (inactive)
                continue;
            if (Number(text, most, names) is { } range)
                found.Add(range);
            else
                Doubt(except ? key + "!" : key, $"{statement.Key} {text}", at, $"{statement.Key} has no value '{AceParser.Short(text)}'; expected a name or 0 to {most}");
        }

        var set = RangeSet.Of(found);
        var name = except ? key + "!" : key;
        numbers[name] = numbers.TryGetValue(name, out var before) ? before.Union(set) : set;
    }

    private static (int, int)? Number(string text, int most, NameTable[] names)
    {
        int Single(string word)
        {
            if (int.TryParse(word, NumberStyles.None, null, out var number) && number <= most)
                return number;
            foreach (var table in names)
            {
                if (table.TryNumber(word, out number))
                    return ReferenceEquals(table, Names.Icmp6) ? number >> 8 : number;
            }

            return -1;
        }

        if (Single(text) is var one and >= 0)
            return (one, one);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Single(text[..dash]) is var low and >= 0 && Single(text[(dash + 1)..]) is var high and >= 0 ? (low, high) : null;
    }

    // The addresses of other parts of the configuration, which no filter has.
    private void Path(string key, string name, Position at)
    {
        Unknown.Add($"prefix-list {name}");
        doubtful.Add(key);
        said.Warn(at, $"prefix-list '{name}' is made of a path of the configuration, which is not followed: answers that depend on it are unknown");
    }

    private void Empty(string key, string name, Position at)
    {
        Unknown.Add($"prefix-list {name}");
        doubtful.Add(key);
        said.Warn(at, $"prefix-list '{name}' is empty: answers that depend on it are unknown");
    }

    private void Doubt(string key, string what, Position at, string message)
    {
        Unknown.Add(what);
        doubtful.Add(key);
        said.Kept(at, message);
    }

    private void Keep(JunosNode statement)
    {
        var text = string.Join(' ', statement.Words.Concat(statement.Children.Select(child => string.Join(' ', child.Words))));
        Unknown.Add(text);
        said.Warn(statement.At, $"'{AceParser.Short(text)}' is not understood: answers that depend on this term are unknown");
    }

    private void Rare(Func<RareMatch, RareMatch> change) => rare = change(rare ?? new RareMatch());

    private static RangeSet Both(RangeSet? left, RangeSet right) => left is null ? right : left.Complement().Union(right.Complement()).Complement();

    private List<AddressMatch> Open(string key)
    {
        if (!addresses.TryGetValue(key, out var list))
            addresses.Add(key, list = []);
        return list;
    }

    private AddressSet? Addresses(string key) => !doubtful.Contains(key) && addresses.TryGetValue(key, out var list) ? new AddressSet([.. list]) : null;

    private RangeSet? Take(string key)
    {
        var wanted = doubtful.Contains(key) ? null : numbers.GetValueOrDefault(key);
        return numbers.TryGetValue(key + "!", out var unwanted) ? Both(wanted ?? RangeSet.All, unwanted.Complement()) : wanted;
    }

    private ByteSet? Maybe(string key) => Take(key) is { } set ? ByteSet.Where(set.Contains) : null;

    private ByteSet Set(string key, int most) => Take(key) is { } set ? ByteSet.Where(value => value <= most && set.Contains(value)) : ByteSet.All;
}
