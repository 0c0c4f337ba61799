using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>The addresses and services that zone policies name, and the filters they make: one for each pair of zones.</summary>
internal sealed class ZoneBook(Dialect dialect, ReadLimits limits, DiagnosticList said)
{
    private const int MostPairs = 400;

    private readonly GroupTable groups = new(limits, said);

    public List<ZoneRule> Rules { get; } = [];

    /// <summary>Rules for every pair of zones, asked behind those of the pair (ScreenOS's global policies).</summary>
    public List<ZoneRule> Behind { get; } = [];

    /// <summary>Whether the device permits what no rule decides.</summary>
    public bool PermitsRest { get; set; }

    /// <summary>What the device's own last rules do with packets that stay in their zone, and with those that leave it.</summary>
    public TermAction Intrazone { get; set; } = TermAction.Permit;

    public TermAction Interzone { get; set; } = TermAction.Deny;

    public ObjectGroup Address(string name, Position at) => groups.Network(name, at);

    public ObjectGroup Service(string name, Position at) => groups.Service(name, at);

    public bool HasService(string name) => groups.HasService(name);

    public IReadOnlyList<Filter> Filters()
    {
        var froms = Zones(Rules.SelectMany(rule => rule.From));
        var tos = Zones(Rules.SelectMany(rule => rule.To));
        var filters = new List<Filter>();
        foreach (var (from, to) in froms.SelectMany(from => tos.Select(to => (from, to))))
        {
            var rules = Rules.Where(rule => Names(rule.From, from) && Names(rule.To, to) && (rule.Within is not { } within || IsAny(from) || IsAny(to) || within == (from == to))).ToList();
            // A pair of which no rule names a side says nothing beyond the pair of "any"; the rules about one side are asked for every other.
            if (!rules.Exists(rule => rule.From.Contains(from) && rule.To.Contains(to)) && (IsAny(from) || IsAny(to) || from == to || !rules.Exists(rule => rule.From.Contains(from)) || !rules.Exists(rule => rule.To.Contains(to))))
                continue;
            if (filters.Count == MostPairs)
            {
                said.Error(rules[0].At, $"more than {MostPairs} pairs of zones; the rest is not read");
                break;
            }

            filters.Add(new Filter { Dialect = dialect, Name = $"{from}->{to}", Family = Family.Any, Terms = [.. rules.Select(rule => Term(rule, IsAny(from) || IsAny(to))), .. Behind.Select(rule => Term(rule, false)), .. Last(from, to)], At = rules[0].At });
        }

        if (Behind.Count > 0)
            filters.Add(new Filter { Dialect = dialect, Name = "Global->Global", Family = Family.Any, Terms = [.. Behind.Select(rule => Term(rule, false))], At = Behind[0].At });
        return filters;
    }

    private static List<string> Zones(IEnumerable<string> named) => [.. named.Distinct()];

    private static bool Names(List<string> zones, string zone) => zones.Contains(zone) || zones.Exists(IsAny);

    public static bool IsAny(string word) => word.Equals("any", StringComparison.OrdinalIgnoreCase);

    // What no rule decides: the device's own rule for packets that stay in their zone, which is not the one for those that leave it.
    private IEnumerable<Term> Last(string from, string to)
    {
        if (PermitsRest)
            yield return new Term { Action = TermAction.Permit, Implicit = true, Name = "permitted by default" };
        else if (dialect == Dialect.PanOs)
            yield return Default(from, to);
        else if (from != to || IsAny(from))
            yield break;
        else
            yield return new Term { Action = TermAction.Permit, Implicit = true, Name = "within a zone", Unknown = [$"whether zone {from} blocks what stays in it"] };
    }

    private Term Default(string from, string to)
    {
        var within = from == to && !IsAny(from);
        // Of "any" and another nobody knows whether they are the same zone.
        var open = (IsAny(from) || IsAny(to)) && Intrazone.Permits != Interzone.Permits;
        return new Term
        {
            Action = open || within ? Intrazone : Interzone,
            Implicit = true,
            Name = open ? "intrazone-default or interzone-default" : within ? "intrazone-default" : "interzone-default",
            Unknown = open ? ["whether the packet stays in its zone"] : [],
        };
    }

    private Term Term(ZoneRule rule, bool open)
    {
        var unknown = rule.Unknown.ToList();
        if (open && rule.Within is { } within)
            unknown.Add(within ? "rule-type intrazone" : "rule-type interzone");
        var services = new List<ServiceEntry>();
        var anyService = rule.Services.Count == 0 || rule.Services.Exists(IsAny) || rule.Unknown.Exists(what => what.StartsWith("service", StringComparison.Ordinal));
        foreach (var name in rule.Services.Where(name => !IsAny(name)))
        {
            var (found, missing) = groups.Services(name, rule.At);
            services.AddRange(found);
            unknown.AddRange(missing);
            anyService |= missing.Count > 0;
        }

        var bare = new Match { Source = Addresses(rule.Sources, rule.At, unknown), Destination = Addresses(rule.Destinations, rule.At, unknown) };
        var matches = services.Count == 0 || anyService ? [bare] : services.Select(service => bare with
        {
            Protocols = service.Protocols,
            SourcePorts = service.Source,
            DestinationPorts = service.Destination,
            Rare = service.IcmpTypes is null ? null : new RareMatch { IcmpTypes = service.IcmpTypes, IcmpCodes = service.IcmpCodes },
        }).ToList();
        return new Term
        {
            Name = rule.Name,
            Action = rule.Action ?? TermAction.Deny,
            Match = matches[0],
            Also = matches[1..],
            Modifiers = rule.Log ? [new Modifier("log")] : [],
            Unknown = unknown,
            Inactive = rule.Disabled,
            At = rule.At,
        };
    }

    private AddressSet Addresses(List<string> names, Position at, List<string> unknown)
    {
        var found = new List<AddressMatch>();
        foreach (var name in names)
        {
            if (name is "Any-IPv4" or "Any-IPv6")
            {
                found.Add(AddressMatch.All(name == "Any-IPv6" ? Family.Inet6 : Family.Inet));
            }
            else if (IsAny(name))
            {
                return AddressSet.Any;
            }
            else if (!groups.HasNetwork(name) && AddressText.TryPrefix(name, out var prefix))
            {
                found.Add(prefix);
            }
            else
            {
                var (members, missing) = groups.Addresses(name, at);
                found.AddRange(members);
                if (missing.Count == 0)
                    continue;
                unknown.AddRange(missing);
                return AddressSet.Any;
            }
        }

        return names.Count == 0 ? AddressSet.Any : new AddressSet([.. found]);
    }
}
