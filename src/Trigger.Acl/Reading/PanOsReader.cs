using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads the security rules of PAN-OS <c>set</c> lines: before, local, behind, in the order in which the device asks them.</summary>
internal sealed class PanOsReader(string text, ReadLimits limits, DiagnosticList said)
{
    private static readonly string[] Keys =
    [
        "from", "to", "source", "destination", "service", "application", "action", "disabled", "log-start", "log-end", "log-setting", "description", "tag", "profile-setting", "group-tag", "rule-type",
        "negate-source", "negate-destination", "source-user", "category", "source-hip", "destination-hip", "hip-profiles", "option", "schedule", "qos",
    ];

    private readonly ZoneBook book = new(Dialect.PanOs, limits, said);
    private readonly Dictionary<(int Stage, string Name), ZoneRule> rules = [];

    public IReadOnlyList<Filter> Read()
    {
        // The names that every device has by itself.
        book.Service("service-http", default).Services.Add(new ServiceEntry(ByteSet.Of(6), null, RangeSet.Of([(80, 80), (8080, 8080)])));
        book.Service("service-https", default).Services.Add(new ServiceEntry(ByteSet.Of(6), null, RangeSet.Of(443)));
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var at = new Position(++number, 1);
            var words = SetLines.Split(line.Length > limits.LineLength ? "" : line);
            if (words is not (["set", .. { Count: > 2 } rest]))
                continue;
            if (!Read(rest, at))
                said.Error(at, $"'{AceParser.Short(line.Trim())}' cannot be read");
        }

        book.Rules.AddRange(rules.OrderBy(rule => rule.Key.Stage).ThenBy(rule => rule.Value.At.Line).Select(rule => rule.Value));
        return book.Filters();
    }

    private bool Read(List<string> words, Position at)
    {
        if (words.Contains("default-security-rules"))
        {
            said.Warn(at, "the rules behind all others are changed here, which is not understood: answers about packets that no rule decides would be wrong");
            return true;
        }

        var security = words.FindIndex(word => word == "security");
        if (security > 0 && security + 2 < words.Count && words[security + 1] == "rules")
            return Rule(words[security - 1] switch { "pre-rulebase" => 0, "post-rulebase" => 2, _ => 1 }, words[(security + 2)..], at);
        var kind = words.FindIndex(word => word is "address" or "address-group" or "service" or "service-group");
        if (kind < 0 || kind + 2 >= words.Count)
            return true;
        return words[kind] switch
        {
            "address" => Address(words[kind + 1], words[kind + 2], words[^1], at),
            "address-group" => Group(book.Address(words[kind + 1], at), words[kind + 2], words[(kind + 3)..], at),
            "service" => Service(words[kind + 1], words[(kind + 2)..], at),
            _ => Group(book.Service(words[kind + 1], at), words[kind + 2], words[(kind + 3)..], at),
        };
    }

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
        if (words is not (["protocol", var protocol, .. var rest]) || rest.Count < 2)
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
                rule.Action = values[0] switch { "allow" => TermAction.Permit, "deny" or "drop" => TermAction.Deny, "reset-client" or "reset-server" or "reset-both" => new TermAction(ActionKind.Reject, values[0]), _ => null };
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
