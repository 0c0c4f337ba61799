using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads the policies of a ScreenOS configuration.</summary>
internal sealed class ScreenOsReader(string text, ReadLimits limits, DiagnosticList said)
{
    // What the device knows without being told.
    private static readonly (string Name, int Protocol, int Low, int High)[] Predefined =
    [
        ("HTTP", 6, 80, 80), ("HTTPS", 6, 443, 443), ("FTP", 6, 21, 21), ("SSH", 6, 22, 22), ("TELNET", 6, 23, 23), ("SNMP", 17, 161, 162), ("DNS", 17, 53, 53), ("DNS", 6, 53, 53), ("NTP", 17, 123, 123),
        ("SYSLOG", 17, 514, 514), ("MAIL", 6, 25, 25), ("SMTP", 6, 25, 25), ("LDAP", 6, 389, 389), ("TFTP", 17, 69, 69), ("TRACEROUTE", 17, 33400, 34000), ("DHCP-Relay", 17, 67, 68), ("BGP", 6, 179, 179), ("POP3", 6, 110, 110), ("IMAP", 6, 143, 143),
        ("TCP-ANY", 6, 0, 65535), ("UDP-ANY", 17, 0, 65535),
    ];

    // Statements in a policy's block that do not change which packets it matches.
    private static readonly string[] Harmless = ["log", "count", "name", "traffic", "attack", "av", "url", "anti-spam", "alarm", "di-alert-disable", "di-severity", "sessions-per-src-ip", "dscp", "diffserv", "application", "no-session-backup"];

    private readonly ZoneBook book = new(Dialect.ScreenOs, limits, said);
    private ZoneRule? open;

    public IReadOnlyList<Filter> Read()
    {
        foreach (var (name, protocol, low, high) in Predefined)
            book.Service(name, default).Services.Add(new ServiceEntry(ByteSet.Of(protocol), null, RangeSet.Of(low, high)));
        book.Service("PING", default).Services.Add(new ServiceEntry(ByteSet.Of(1), null, null, ByteSet.Of(8)));
        book.Service("ICMP-ANY", default).Services.Add(new ServiceEntry(ByteSet.Of(1), null, null));
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var at = new Position(++number, 1);
            var words = SetLines.Split(line.Length > limits.LineLength ? "" : line);
            if (words is ["exit"])
                open = null;
            if (words.Count < 3 || words[0] != "set")
                continue;
            if (!Read(words, at))
                said.Error(at, $"'{AceParser.Short(line.Trim())}' cannot be read");
        }

        return book.Filters();
    }

    private bool Read(List<string> words, Position at)
    {
        switch (words)
        {
            case ["set", "address", _, var name, .. var rest]:
                return Address(name, rest, at);
            case ["set", "service", var name, .. var rest] when open is null:
                return Service(name, rest, at);
            case ["set", "group", "address", _, var group, "add", var member, ..]:
                book.Address(group, at).Groups.Add((member, at));
                return true;
            case ["set", "group", "service", var group, "add", var member, ..]:
                book.Service(group, at).Groups.Add((member, at));
                return true;
            case ["set", "policy", .. var rest]:
                return Policy(rest, at);
            case ["set", "src-address", var name, ..] when open is not null:
                open.Sources.Add(name);
                return true;
            case ["set", "dst-address", var name, ..] when open is not null:
                open.Destinations.Add(name);
                return true;
            case ["set", "service", var name, ..] when open is not null:
                open.Services.Add(name);
                return true;
            case ["set", var what, ..] when open is not null && !Harmless.Contains(what):
                Keep(open, string.Join(' ', words.Skip(1)), at);
                return true;
            default:
                return true;
        }
    }

    private bool Address(string name, List<string> rest, Position at)
    {
        if (rest.Count == 0)
            return true;
        var group = book.Address(name, at);
        if (AddressText.TryInet(rest[0], out var value) && rest.Count > 1 && AddressText.TryInet(rest[1], out var mask))
            group.Addresses.Add(AddressMatch.Wildcard(Family.Inet, value, ~mask));
        else if (AddressText.TryPrefix(rest[0], out var prefix))
            group.Addresses.Add(prefix);
        else
            group.Unknown.Add($"address {rest[0]}");
        return true;
    }

    private bool Service(string name, List<string> words, Position at)
    {
        if (words is not (["protocol" or "+", var protocol, .. var rest]))
            return true;
        if (!Names.Protocols.TryNumber(protocol, out var number) && !(int.TryParse(protocol, NumberStyles.None, null, out number) && number < 256))
            return false;
        RangeSet? source = null, destination = null;
        ByteSet? type = null, code = null;
        for (var i = 0; number is 1 or 58 && i + 1 < rest.Count && rest[i] is "type" or "code"; i += 2)
        {
            if (!int.TryParse(rest[i + 1], NumberStyles.None, null, out var value) || value > 255)
                return false;
            if (rest[i] == "type")
                type = ByteSet.Of(value);
            else
                code = ByteSet.Of(value);
        }

        for (var i = 0; i + 1 < rest.Count; i += 2)
        {
            // A protocol without ports is written with all of them.
            if (!Names.WithPorts.Contains(number))
                break;
            if (rest[i] is "src-port" or "dst-port" && Ports(rest[i + 1]) is { } ports)
                (source, destination) = rest[i] == "src-port" ? (ports, destination) : (source, ports);
            else
                break;
        }

        book.Service(name, at).Services.Add(new ServiceEntry(ByteSet.Of(number), source, destination, type, code));
        return true;
    }

    private static RangeSet? Ports(string word)
    {
        var parts = word.Split('-');
        return parts.Length is 1 or 2 && int.TryParse(parts[0], NumberStyles.None, null, out var low) && int.TryParse(parts[^1], NumberStyles.None, null, out var high) && high < 65536 ? RangeSet.Of(low, high) : null;
    }

    private bool Policy(List<string> words, Position at)
    {
        if (words is ["default-permit-all", ..])
        {
            book.PermitsRest = true;
            return true;
        }

        if (words is ["move", var moved, var where, var anchor, ..])
            return Move(moved, where, anchor);
        var id = words.IndexOf("id") is var i and >= 0 && i + 1 < words.Count ? words[i + 1] : null;
        var from = words.IndexOf("from");
        if (from < 0)
        {
            var meant = id is null ? null : All.FirstOrDefault(rule => rule.Name == id);
            // "set policy id 7" alone begins a block; with more it is all there is.
            open = words is ["id", _] or ["global", "id", _] ? meant : null;
            if (meant is not null && words.Contains("disable"))
                meant.Disabled = true;
            return true;
        }

        // from Z to Z source destination service action...
        if (words.Count < from + 8 || words[from + 2] != "to")
            return false;
        var rule = new ZoneRule(id ?? $"{book.Rules.Count + book.Behind.Count + 1}", at);
        rule.From.Add(words[from + 1]);
        rule.To.Add(words[from + 3]);
        rule.Sources.Add(words[from + 4]);
        rule.Destinations.Add(words[from + 5]);
        rule.Services.Add(words[from + 6]);
        rule.Log = words.Contains("log");
        var action = words[(from + 7)..].Find(word => word is "permit" or "deny" or "reject" or "tunnel");
        rule.Action = action switch { "permit" or "tunnel" => TermAction.Permit, "deny" => TermAction.Deny, "reject" => TermAction.Reject, _ => null };
        if (rule.Action is null)
            return false;
        // What depends on the time or on who asks cannot be told from the packet.
        foreach (var word in words.Skip(from + 8).Where(word => word is "schedule" or "auth" or "webauth" or "infranet-auth"))
            Keep(rule, word, at);
        Place(rule, words, from);
        open = null;
        return true;
    }

    private IEnumerable<ZoneRule> All => book.Rules.Concat(book.Behind);

    // Global policies are asked for every pair of zones, behind the pair's own.
    private void Place(ZoneRule rule, List<string> words, int from)
    {
        var list = words[0] == "global" || (rule.From[0] == "Global" && rule.To[0] == "Global") ? book.Behind : book.Rules;
        var anchor = words.IndexOf("before") is var at and >= 0 && at < from && at + 1 < words.Count ? list.FindIndex(one => one.Name == words[at + 1]) : -1;
        if (words[0] == "top" || words.IndexOf("top") is >= 0 and var top && top < from)
            anchor = 0;
        list.Insert(anchor >= 0 ? anchor : list.Count, rule);
    }

    private bool Move(string moved, string where, string anchor)
    {
        var list = book.Rules.Exists(rule => rule.Name == moved) ? book.Rules : book.Behind;
        if (list.Find(rule => rule.Name == moved) is not { } one || moved == anchor || !list.Exists(rule => rule.Name == anchor) || where is not ("before" or "after"))
            return false;
        list.Remove(one);
        list.Insert(list.FindIndex(rule => rule.Name == anchor) + (where == "after" ? 1 : 0), one);
        return true;
    }

    private void Keep(ZoneRule rule, string what, Position at)
    {
        rule.Unknown.Add(what);
        said.Warn(at, $"'{AceParser.Short(what)}' is not understood: answers that depend on this policy are unknown");
    }
}
