using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>Spells one term as lines of Cisco's kind: every combination of its lists' members is a line. What a line cannot say becomes a <see cref="Loss"/>.</summary>
internal sealed class AceRows(Style style, Family family, bool standard, List<Loss> losses, bool oneFamily = false)
{
    private const int MostRows = 20_000;

    private readonly Dialect dialect = Styles.DialectOf(style);
    private Term term = null!;

    public List<string> Of(Term spelled)
    {
        term = spelled;
        var rows = new List<string>();
        if (term.Unknown.Count > 0)
            return Impossible($"'{term.Unknown[0]}' is not understood");
        if (term.Action.Kind == ActionKind.Route)
            return Impossible($"'{term.Action}' has no equal here");
        if (term.Action.Kind == ActionKind.NextTerm)
        {
            losses.Add(new Loss(LossKind.Dropped, term.At, $"{Name()}'next term' decides nothing and is left out, with what else the term does"));
            return rows;
        }

        if (term.Action.Kind == ActionKind.Reject)
            losses.Add(new Loss(LossKind.Dropped, term.At, $"{Name()}reject becomes deny: what the sender is told is up to the device"));
        var log = Log();
        foreach (var match in term.Matches)
        {
            if (match.IsEmpty)
                continue;
            if (Rows(match, log, rows) is { } wrong)
                return Impossible(wrong);
            if (rows.Count > MostRows)
                return Impossible($"it would be more than {MostRows} lines");
        }

        return rows;
    }

    private string Name() => term.Name is null ? "" : $"term {term.Name}: ";

    private List<string> Impossible(string why)
    {
        losses.Add(new Loss(LossKind.Impossible, term.At, Name() + why));
        return [];
    }

    private string Log()
    {
        var log = "";
        foreach (var modifier in term.Modifiers)
        {
            if (modifier.Key is "log" or "syslog" or "log-input")
                log = modifier.Key == "log-input" && dialect is Dialect.Ios or Dialect.IosXr ? " log-input" : " log";
            else
                losses.Add(new Loss(LossKind.Dropped, term.At, $"{Name()}'{modifier}' is left out"));
        }

        return log;
    }

    private string? Rows(Match match, string log, List<string> rows)
    {
        if (match.Rare?.EitherPorts is { } ports)
            return Rows(Without(match, r => r with { EitherPorts = null }) with { SourcePorts = ports }, log, rows) ?? Rows(Without(match, r => r with { EitherPorts = null }) with { DestinationPorts = ports }, log, rows);
        if (match.Rare?.EitherAddress is { } either)
            return Rows(Without(match, r => r with { EitherAddress = null }) with { Source = either }, log, rows) ?? Rows(Without(match, r => r with { EitherAddress = null }) with { Destination = either }, log, rows);
        if (Options(match) is not { } options)
            return why;
        if (Addresses(match.Source) is not { } sources || Addresses(match.Destination) is not { } destinations)
            return why;
        var protocols = match.AsksLayer4 ? match.Protocols & Bearing(match) : match.Protocols;
        if (!protocols.IsAll && protocols.Count > 64)
            return $"{protocols.Count} protocols cannot be listed";
        var verb = term.Action.Permits ? "permit" : "deny";
        if (standard)
        {
            rows.AddRange(sources.Select(source => $"{verb} {source.Replace("host ", "", StringComparison.Ordinal)}{log}"));
            return match.AsksLayer4 || !protocols.IsAll || !match.Destination.IsAny ? "a standard list matches only sources" : null;
        }

        foreach (var protocol in protocols.IsAll ? [-1] : protocols.Values())
        {
            foreach (var source in sources)
            {
                foreach (var from in Ports(match.SourcePorts))
                {
                    foreach (var destination in destinations)
                    {
                        foreach (var to in Ports(match.DestinationPorts))
                            rows.AddRange(options.Select(option => $"{verb} {Protocol(protocol)} {source}{from} {destination}{to}{option}{log}"));
                    }
                }
            }

            if (rows.Count > MostRows)
                return $"it would be more than {MostRows} lines";
        }

        return null;
    }

    private string why = "";

    private static Match Without(Match match, Func<RareMatch, RareMatch> change) => match with { Rare = change(match.Rare!) };

    private static ByteSet Bearing(Match match)
    {
        var set = ByteSet.All;
        if (match.SourcePorts is not null || match.DestinationPorts is not null)
            set &= Names.WithPorts;
        if (match.Rare?.TcpFlags is not null)
            set &= ByteSet.Of(6);
        if (match.Rare?.IcmpTypes is not null || match.Rare?.IcmpCodes is not null)
            set &= ByteSet.Of(1) | ByteSet.Of(58);
        return set;
    }

    private string Protocol(int number) => number switch
    {
        -1 => dialect switch { Dialect.IosXr => family == Family.Inet6 ? "ipv6" : "ipv4", Dialect.Asa => "ip", _ => family == Family.Inet6 ? "ipv6" : "ip" },
        // "icmp" is the one of the list's own family.
        1 when family == Family.Inet6 && dialect != Dialect.Asa => "1",
        58 when family == Family.Inet && dialect != Dialect.Asa => "58",
        1 => "icmp",
        58 => dialect == Dialect.Asa ? "icmp6" : dialect == Dialect.IosXr ? "icmpv6" : "icmp",
        51 when dialect != Dialect.Asa => "ahp",
        2 or 6 or 17 or 47 or 50 or 89 or 103 => Names.Protocols.Name(number)!,
        _ => $"{number}",
    };

    private List<string>? Addresses(AddressSet set)
    {
        // To an ASA "any" is of both families, which is more than a list of one family says.
        if (set.IsAny)
            return [oneFamily ? AnyOfFamily : "any"];
        if (!set.HasExcepts && set.Items.Any(item => item.Wild != 0))
            return Scattered(set);
        var runs = set.Runs(family);
        if (runs.Count == 1 && runs[0] == (0, AddressMatch.Last(family)))
            return [AnyOfFamily];
        return [.. runs.SelectMany(run => AddressSet.Prefixes(family, run.Low, run.High)).Select(Prefix)];
    }

    private string AnyOfFamily => dialect == Dialect.Asa ? family == Family.Inet6 ? "any6" : "any4" : "any";

    private List<string>? Scattered(AddressSet set)
    {
        if (dialect == Dialect.Asa)
        {
            why = "a wildcard with scattered bits";
            return null;
        }

        return [.. set.Items.Where(item => item.Family == family).SelectMany(item => item.Wild != 0
            ? [AddressText.Of(item)]
            : AddressSet.Prefixes(family, item.Low, item.High).Select(Prefix))];
    }

    private string Prefix(AddressMatch prefix)
    {
        var length = prefix.PrefixLength;
        var address = AddressText.Of(family, prefix.Low);
        if (length == 0)
            return "any";
        if (length == AddressMatch.Width(family))
            return $"host {address}";
        if (family == Family.Inet6 || dialect is Dialect.NxOs or Dialect.Eos)
            return $"{address}/{length}";
        var free = prefix.High - prefix.Low;
        return $"{address} {AddressText.Of(family, dialect == Dialect.Asa ? uint.MaxValue - free : free)}";
    }

    private static IEnumerable<string> Ports(RangeSet? set)
    {
        if (set is null || set.IsAll)
            return [""];
        return set.Runs.Select(run => run switch
        {
            var (low, high) when low == high => $" eq {low}",
            (0, var high) => $" lt {high + 1}",
            (var low, 65535) => $" gt {low - 1}",
            var (low, high) => $" range {low} {high}",
        });
    }

    // The words behind the addresses: every combination of the rarer conditions.
    private List<string>? Options(Match match)
    {
        List<string> options = [""];
        if (match.Rare is not { } rare)
            return options;
        if (rare.FragmentOffset is { } offset && !Append(options, offset.Equals(RangeSet.Of(1, 8191)) && dialect != Dialect.Asa ? [" fragments"] : null, $"fragment offset {offset}"))
            return null;
        if (rare.IpFlags is not null && !Append(options, null, "a fragment flag"))
            return null;
        if (rare.TcpFlags is { } flags && !Append(options, FlagWords.Of(flags, dialect), "this combination of TCP flags"))
            return null;
        if ((rare.IcmpTypes is not null || rare.IcmpCodes is not null) && !Append(options, Icmp(rare), "ICMP codes without one type"))
            return null;
        if (!Append(options, Header("dscp", rare.Dscp, 63), "dscp") || !Append(options, Header("precedence", rare.Precedence, 7), "precedence") || !Append(options, Header("tos", rare.TypeOfService, 15), "tos"))
            return null;
        if (rare.Ecn is not null && !Append(options, null, "ecn"))
            return null;
        if (rare.Ttl is { } ttl && !Append(options, Compare("ttl", [.. ttl.Runs()], 255), "ttl"))
            return null;
        return rare.Length is { } length && !Append(options, Compare("packet-length", length.Runs, 65535), "packet-length") ? null : options;
    }

    private bool Append(List<string> options, IReadOnlyList<string>? more, string what)
    {
        if (more is null)
        {
            why = $"{what} cannot be said in {Dialects.Word(dialect)}";
            return false;
        }

        var all = options.SelectMany(option => more.Select(word => option + word)).ToList();
        options.Clear();
        options.AddRange(all);
        return true;
    }

    private List<string>? Header(string word, ByteSet? set, int most)
    {
        if (set is not { } values)
            return [""];
        return dialect == Dialect.Asa || values.Values().Any(value => value > most) ? null : [.. values.Values().Select(value => $" {word} {value}")];
    }

    private List<string>? Compare(string word, IReadOnlyList<(int Low, int High)> runs, int most)
    {
        if (dialect is Dialect.Asa or Dialect.Brocade || (word == "packet-length" && dialect == Dialect.Ios))
            return null;
        return [.. runs.Select(run => run switch
        {
            var (low, high) when low == high => $" {word} eq {low}",
            (0, var high) => $" {word} lt {high + 1}",
            var (low, high) when high == most => $" {word} gt {low - 1}",
            var (low, high) => $" {word} range {low} {high}",
        })];
    }

    private List<string>? Icmp(RareMatch rare)
    {
        if (rare.IcmpTypes is not { } types)
            return null;
        var codes = rare.IcmpCodes is { IsAll: false } some ? some.Values().ToList() : [-1];
        if (codes is [-1])
            return [.. types.Values().Select(type => " " + (IcmpName(type << 8 | 255) ?? $"{type}"))];
        return [.. types.Values().SelectMany(type => codes.Select(code => " " + (IcmpName(type << 8 | code) ?? $"{type} {code}")))];
    }

    // IPv6's names differ from device to device; its numbers do not.
    private string? IcmpName(int both) => family == Family.Inet6 || dialect is Dialect.Asa || (both & 255) != 255 && dialect is not (Dialect.Ios or Dialect.Brocade or Dialect.IosXr or Dialect.NxOs) ? null : Names.IosIcmp.Name(both);
}
