using System.Globalization;
using System.Text;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>Writes a filter as ScreenOS policies between two zones, with the addresses and services that they name.</summary>
internal sealed class ScreenOsWriter
{
    private const int MostEntries = 1000;

    // ScreenOS asks for a code with each ICMP type; these services stand for all of them.
    private const string AnyIcmp = "ICMP-ANY";
    private const string Ping = "PING";

    private readonly Filter filter;
    private readonly string from;
    private readonly string to;
    private readonly List<Loss> losses = [];
    private readonly StringBuilder objects = new();
    private readonly StringBuilder policies = new();
    private readonly HashSet<(string Zone, string Name)> addresses = [];
    private readonly Dictionary<string, string> services = [];
    private int number;

    public ScreenOsWriter(Filter filter, WriteOptions options)
    {
        this.filter = options.Family is { } family && filter.Family == Family.Any ? filter with { Family = family } : filter;
        // A filter of ScreenOS is called by its two zones.
        var zones = (options.Name ?? filter.Name ?? "").Split("->");
        (from, to) = zones is [{ Length: > 0 }, { Length: > 0 }] ? (zones[0], zones[1]) : ("Trust", "Untrust");
    }

    public WriteResult Write()
    {
        foreach (var option in filter.Options)
            losses.Add(new Loss(LossKind.Dropped, filter.At, $"'{option}' is left out"));
        foreach (var term in filter.Terms)
            Write(term);
        return new WriteResult(objects.Append(policies).ToString(), losses);
    }

    private void Write(Term term)
    {
        if (term.Comments.Count > 0)
            losses.Add(new Loss(LossKind.Dropped, term.At, "remarks are left out: a policy has none"));
        foreach (var modifier in term.Modifiers.Where(one => one.Key is not ("log" or "syslog" or "log-input")))
            losses.Add(new Loss(LossKind.Dropped, term.At, $"'{modifier}' is left out"));
        if (term.Unknown.Count > 0)
            Impossible(term, $"'{term.Unknown[0]}' is not understood");
        else if (term.Action.Kind == ActionKind.Route)
            Impossible(term, $"'{term.Action}' has no equal here");
        else if (term.Action.Kind == ActionKind.NextTerm)
            losses.Add(new Loss(LossKind.Dropped, term.At, "'next term' decides nothing and is left out, with what else the term does"));
        else
            foreach (var match in term.Matches.Where(match => !match.IsEmpty))
                Write(term, match);
    }

    private void Impossible(Term term, string why) => losses.Add(new Loss(LossKind.Impossible, term.At, $"{(term.Name is null ? "" : $"term {term.Name}: ")}{why}"));

    private void Write(Term term, Match match)
    {
        if (Unsayable(match) is { } what)
        {
            Impossible(term, $"{what} cannot be said in screenos");
            return;
        }

        var sources = Addresses(match.Source, from);
        var destinations = Addresses(match.Destination, to);
        if (sources.Count == 0 || destinations.Count == 0)
            return;
        if (Service(match) is not { } service)
        {
            Impossible(term, "these protocols, ports or ICMP types are too many for a service");
            return;
        }

        number++;
        var action = term.Action.Kind switch { ActionKind.Permit => "permit", ActionKind.Reject => "reject", _ => "deny" };
        var log = term.Modifiers.Any(one => one.Key is "log" or "syslog" or "log-input") ? " log" : "";
        policies.Append(CultureInfo.InvariantCulture, $"set policy id {number} from \"{from}\" to \"{to}\" \"{sources[0]}\" \"{destinations[0]}\" \"{service}\" {action}{log}\n");
        if (term.Inactive)
            policies.Append(CultureInfo.InvariantCulture, $"set policy id {number} disable\n");
        if (sources.Count + destinations.Count == 2)
            return;
        policies.Append(CultureInfo.InvariantCulture, $"set policy id {number}\n");
        foreach (var source in sources.Skip(1))
            policies.Append(CultureInfo.InvariantCulture, $"set src-address \"{source}\"\n");
        foreach (var destination in destinations.Skip(1))
            policies.Append(CultureInfo.InvariantCulture, $"set dst-address \"{destination}\"\n");
        policies.Append("exit\n");
    }

    private string? Unsayable(Match match)
    {
        if (match.Source.Scattered(filter.Family, 1) || match.Destination.Scattered(filter.Family, 1))
            return "a wildcard with scattered bits";
        return match.Rare switch
        {
            null => null,
            { TcpFlags: not null } => "a TCP flag",
            { FragmentOffset: not null } or { IpFlags: not null } => "a fragment",
            { EitherPorts: not null } or { EitherAddress: not null } => "a source or a destination",
            { Ttl: not null } or { Length: not null } => "a length or a time to live",
            { IcmpTypes: null, IcmpCodes: not null } => "an ICMP code without a type",
            var rare => rare.TosByte() is null ? null : "a class of service",
        };
    }

    private List<string> Addresses(AddressSet set, string zone)
    {
        if (set.IsAny)
            return ["Any"];
        var names = new List<string>();
        foreach (var family in new[] { Family.Inet, Family.Inet6 }.Where(family => filter.Family == Family.Any || filter.Family == family))
        {
            foreach (var prefix in set.Runs(family).SelectMany(run => AddressSet.Prefixes(family, run.Low, run.High)))
            {
                var text = $"{AddressText.Of(family, prefix.Low)}/{prefix.PrefixLength}";
                // As Trigger named them: h and a host, n and a network.
                var name = prefix.Low == prefix.High ? $"h{AddressText.Of(family, prefix.Low)}" : $"n{text}";
                if (addresses.Add((zone, name)))
                    objects.Append(CultureInfo.InvariantCulture, $"set address \"{zone}\" \"{name}\" {text}\n");
                names.Add(name);
            }
        }

        return names;
    }

    private string? Service(Match match)
    {
        if (match.Protocols.IsAll && !match.AsksLayer4)
            return "ANY";
        if (match.Rare?.IcmpTypes is not null)
            return Icmp(match);
        var ported = match.SourcePorts is not null || match.DestinationPorts is not null;
        var entries = new List<string>();
        foreach (var protocol in (ported ? match.Protocols & Names.WithPorts : match.Protocols).Values())
        {
            var word = protocol switch { 6 => "tcp", 17 => "udp", _ => protocol.ToString(CultureInfo.InvariantCulture) };
            foreach (var (low, high) in (match.SourcePorts ?? RangeSet.All).Runs)
                entries.AddRange((match.DestinationPorts ?? RangeSet.All).Runs.Select(run => $"{word} src-port {low}-{high} dst-port {run.Low}-{run.High}"));
        }

        return entries.Count > MostEntries ? null : Named(entries);
    }

    private string? Icmp(Match match)
    {
        var (types, codes) = (match.Rare!.IcmpTypes!.Value, match.Rare.IcmpCodes ?? ByteSet.All);
        var protocols = match.Protocols & (ByteSet.Of(1) | ByteSet.Of(58));
        if (codes.IsAll && protocols == ByteSet.Of(1) && (types.IsAll || types == ByteSet.Of(8)))
            return types.IsAll ? AnyIcmp : Ping;
        var entries = protocols.Values().SelectMany(protocol => types.Values().SelectMany(type => codes.Values().Select(code => $"{(protocol == 1 ? "icmp" : "58")} type {type} code {code}"))).Take(MostEntries + 1).ToList();
        return entries.Count > MostEntries ? null : Named(entries);
    }

    // One service for one set of entries, however many policies ask for it.
    private string Named(List<string> entries)
    {
        var key = string.Join('\n', entries);
        if (services.TryGetValue(key, out var known))
            return known;
        var name = $"svc-{services.Count + 1}";
        services.Add(key, name);
        for (var i = 0; i < entries.Count; i++)
            objects.Append(CultureInfo.InvariantCulture, $"set service \"{name}\" {(i == 0 ? "protocol" : "+")} {entries[i]}\n");
        return name;
    }
}
