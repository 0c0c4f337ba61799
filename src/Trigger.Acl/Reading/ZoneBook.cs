using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>The addresses and services that zone policies name, and the filters they make: one for each pair of zones.</summary>
internal sealed class ZoneBook(Dialect dialect, ReadLimits limits, DiagnosticList said)
{
    private const int MostPairs = 400;

    private readonly GroupTable groups = new(limits, said);

    public List<ZoneRule> Rules { get; } = [];

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
            var rules = Rules.Where(rule => Names(rule.From, from) && Names(rule.To, to)).ToList();
            // A pair that no rule names by itself says nothing beyond the pairs of "any".
            if (!rules.Exists(rule => rule.From.Contains(from) && rule.To.Contains(to)))
                continue;
            if (filters.Count == MostPairs)
            {
                said.Error(rules[0].At, $"more than {MostPairs} pairs of zones; the rest is not read");
                break;
            }

            filters.Add(new Filter { Dialect = dialect, Name = $"{from}->{to}", Family = Family.Any, Terms = [.. rules.Select(Term)], At = rules[0].At });
        }

        return filters;
    }

    private static List<string> Zones(IEnumerable<string> named) => [.. named.Distinct()];

    private static bool Names(List<string> zones, string zone) => zones.Contains(zone) || zones.Exists(IsAny);

    public static bool IsAny(string word) => word.Equals("any", StringComparison.OrdinalIgnoreCase);

    private Term Term(ZoneRule rule)
    {
        var unknown = rule.Unknown.ToList();
        var services = new List<ServiceEntry>();
        foreach (var name in rule.Services.Where(name => !IsAny(name)))
        {
            var (found, missing) = groups.Services(name, rule.At);
            services.AddRange(found);
            unknown.AddRange(missing);
        }

        var bare = new Match { Source = Addresses(rule.Sources, rule.At, unknown), Destination = Addresses(rule.Destinations, rule.At, unknown) };
        var matches = services.Count == 0 || unknown.Count > 0 ? [bare] : services.Select(service => bare with
        {
            Protocols = service.Protocols,
            SourcePorts = service.Source,
            DestinationPorts = service.Destination,
            Rare = service.IcmpTypes is null ? null : new RareMatch { IcmpTypes = service.IcmpTypes },
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
