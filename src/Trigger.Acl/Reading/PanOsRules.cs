using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>The objects and security rules of one virtual system or device group, and of what is shared.</summary>
internal sealed class PanOsRules
{
    private static readonly string[] Keys =
    [
        "from", "to", "source", "destination", "service", "application", "action", "disabled", "log-start", "log-end", "log-setting", "description", "tag", "profile-setting", "group-tag", "rule-type",
        "negate-source", "negate-destination", "source-user", "category", "source-hip", "destination-hip", "hip-profiles", "option", "schedule", "qos", "target", "icmp-unreachable", "source-device", "destination-device", "saas-user-list", "saas-tenant-list",
    ];

    private readonly DiagnosticList said;
    private readonly ZoneBook book;
    private readonly Dictionary<(int Stage, string Name), ZoneRule> rules = [];
    private readonly Dictionary<(string Kind, string Name), string> owners = [];

    public PanOsRules(ReadLimits limits, DiagnosticList said)
    {
        this.said = said;
        book = new ZoneBook(Dialect.PanOs, limits, said);
        // The names that every device has by itself.
        book.Service("service-http", default).Services.Add(new ServiceEntry(ByteSet.Of(6), null, RangeSet.Of([(80, 80), (8080, 8080)])));
        book.Service("service-https", default).Services.Add(new ServiceEntry(ByteSet.Of(6), null, RangeSet.Of(443)));
    }

    public static bool IsRule(List<string> words) => words is [_, "security", "rules", _, ..];

    public IReadOnlyList<Filter> Filters()
    {
        book.Rules.AddRange(rules.OrderBy(rule => rule.Key.Stage).Select(rule => rule.Value));
        return book.Filters();
    }

    /// <param name="words">From the kind of object or the rulebase on.</param>
    /// <param name="scope">Whose it is; empty when it is shared.</param>
    public bool Read(List<string> words, string scope, Position at)
    {
        if (IsRule(words))
            return Rule(Stage(words[0], scope), words[3..], at);
        if (words is [_, "default-security-rules", "rules", var which, .. var change])
            return Default(which, change);
        if (words.Count < 3 || words[0].EndsWith("rulebase", StringComparison.Ordinal))
            return true;
        var (kind, name) = (words[0], words[1]);
        var address = kind.StartsWith("address", StringComparison.Ordinal);
        var group = address ? book.Address(name, at) : book.Service(name, at);
        // A system's own object hides the shared one.
        if (owners.TryGetValue((address ? "address" : "service", name), out var owner) && owner != scope)
            group.Clear();
        owners[(address ? "address" : "service", name)] = scope;
        return kind switch
        {
            "address" => Address(name, words[2], words[^1], at),
            "service" => Service(name, words[2..], at),
            _ => Group(group, words[2], words[3..], at),
        };
    }

    // Shared rules stand around those of the group.
    private static int Stage(string rulebase, string scope) => (rulebase, scope.Length > 0) switch { ("pre-rulebase", false) => 0, ("pre-rulebase", true) => 1, ("post-rulebase", true) => 3, ("post-rulebase", false) => 4, _ => 2 };

    // The rules behind all others: what else than the action is said there decides nothing.
    private bool Default(string which, List<string> change)
    {
        if (change is not ["action", var word, ..])
            return true;
        var action = Action(word);
        if (action is null || which is not ("intrazone-default" or "interzone-default"))
            return false;
        if (which == "intrazone-default")
            book.Intrazone = action;
        else
            book.Interzone = action;
        return true;
    }

    private static TermAction? Action(string word) => word switch { "allow" => TermAction.Permit, "deny" or "drop" => TermAction.Deny, "reset-client" or "reset-server" or "reset-both" => new TermAction(ActionKind.Reject, word), _ => null };

    private bool Address(string name, string form, string value, Position at)
    {
        var group = book.Address(name, at);
        if (form == "ip-netmask")
        {
            if (!AddressText.TryPrefix(value, out var prefix))
                return false;
            group.Addresses.Add(prefix);
        }
        else if (form == "ip-range")
        {
            var parts = value.Split('-');
            if (parts.Length != 2 || !AddressText.TryAddress(parts[0], out var family, out var low) || !AddressText.TryAddress(parts[1], out var same, out var high) || family != same || low > high)
                return false;
            group.Addresses.Add(new AddressMatch(family, low, high));
        }
        else if (form is "fqdn" or "ip-wildcard")
        {
            group.Unknown.Add($"{form} {value}");
        }

        return true;
    }

    private static bool Group(ObjectGroup group, string form, List<string> members, Position at)
    {
        if (form is "static" or "members")
            group.Groups.AddRange(members.Select(member => (member, at)));
        else if (form == "dynamic")
            group.Unknown.Add("a dynamic group");
        return true;
    }

    private bool Service(string name, List<string> words, Position at)
    {
        if (words is not (["protocol", var protocol, .. var rest]) || rest.Count < 2 || rest[0] == "override")
            return true;
        if (!Names.Protocols.TryNumber(protocol, out var number) || Ports(rest[^1]) is not { } ports)
            return false;
        var services = book.Service(name, at).Services;
        var before = services.FindIndex(service => service.Protocols.Contains(number));
        var entry = before < 0 ? new ServiceEntry(ByteSet.Of(number), null, null) : services[before];
        entry = rest[^2] == "source-port" ? entry with { Source = ports } : entry with { Destination = ports };
        if (before < 0)
            services.Add(entry);
        else
            services[before] = entry;
        return true;
    }

    private static RangeSet? Ports(string text)
    {
        var parts = new List<(int, int)>();
        foreach (var word in text.Split(','))
        {
            var ends = word.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, null, out var low) || !int.TryParse(ends[^1], NumberStyles.None, null, out var high) || high > 65535)
                return null;
            parts.Add((low, high));
        }

        return RangeSet.Of(parts);
    }

    private bool Rule(int stage, List<string> words, Position at)
    {
        if (!rules.TryGetValue((stage, words[0]), out var rule))
            rules.Add((stage, words[0]), rule = new ZoneRule(words[0], at));
        // A line may set several things at once.
        for (var start = 1; start + 1 < words.Count;)
        {
            var end = words.FindIndex(start + 2, Keys.Contains);
            end = end < 0 ? words.Count : end;
            if (!Set(rule, words[start], words[(start + 1)..end], at))
                return false;
            start = end;
        }

        return true;
    }

    private bool Set(ZoneRule rule, string key, List<string> values, Position at)
    {
        switch (key)
        {
            case "from":
                rule.From.AddRange(values);
                return true;
            case "to":
                rule.To.AddRange(values);
                return true;
            case "source":
                rule.Sources.AddRange(values);
                return true;
            case "destination":
                rule.Destinations.AddRange(values);
                return true;
            case "service":
                rule.Services.AddRange(values.Where(value => value != "application-default"));
                if (values.Contains("application-default"))
                    Keep(rule, "service application-default", at);
                return true;
            case "action":
                rule.Action = Action(values[0]);
                return rule.Action is not null;
            case "disabled":
                rule.Disabled = values[0] == "yes";
                return true;
            case "log-start" or "log-end" or "log-setting":
                rule.Log |= values[0] != "no";
                return true;
            case "rule-type":
                rule.Within = values[0] switch { "intrazone" => true, "interzone" => false, _ => null };
                return values[0] is "intrazone" or "interzone" or "universal";
            case "description" or "tag" or "profile-setting" or "group-tag" or "uuid" or "option":
                return true;
            case "negate-source" or "negate-destination" when values[0] == "no":
                return true;
            case "target" when values is ["negate", "no"]:
            case "icmp-unreachable":
                return true;
            case "application" or "source-user" or "category" or "source-hip" or "destination-hip" or "hip-profiles" when values.TrueForAll(ZoneBook.IsAny):
                return true;
            default:
                Keep(rule, $"{key} {string.Join(' ', values)}", at);
                return true;
        }
    }

    private void Keep(ZoneRule rule, string what, Position at)
    {
        rule.Unknown.Add(what);
        said.Warn(at, $"'{AceParser.Short(what)}' is not understood: answers that depend on this rule are unknown");
    }
}
