using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads Junos firewall filters, policers and prefix lists, in braces or as <c>set</c> lines, alone or in a whole configuration.</summary>
internal sealed class JunosReader(string text, ReadLimits limits, DiagnosticList said)
{
    private readonly List<Filter> filters = [];
    private readonly List<Policer> policers = [];
    private JunosNode root = new([], default);
    private bool isSet;

    public (IReadOnlyList<Filter> Filters, IReadOnlyList<Policer> Policers) Read()
    {
        isSet = IsSetForm();
        root = isSet ? new JunosSetLines(text, limits, said).Read() : new JunosTree(text, limits, said).Read();
        new JunosGroups(root, said).Apply();
        Walk(root, Family.Inet, inactive: false, inFirewall: root.Children.TrueForAll(child => child.Key is "filter" or "term" or "policer" or "family"));
        if (filters.Count > 0 && root.Trailing.Count > 0)
            filters[^1] = filters[^1] with { Trailing = [.. filters[^1].Trailing, .. root.Trailing] };
        return (filters, policers);
    }

    private bool IsSetForm()
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var first = new Words(line).Take();
            if (first is "set" or "deactivate" or "delete" or "insert")
                return true;
            if (!first.IsEmpty && first[0] != '#' && !first.StartsWith("/*", StringComparison.Ordinal))
                return false;
        }

        return false;
    }

    private void Walk(JunosNode node, Family family, bool inactive, bool inFirewall)
    {
        foreach (var child in node.Children)
        {
            // What stands in an inactive statement is inactive with it.
            child.Inactive |= inactive;
            switch (child.Key)
            {
                case "groups":
                    break;
                case "filter" when inFirewall && child is { HasBraces: true, Words.Length: 2 }:
                    filters.Add(ReadFilter(child, family));
                    break;
                case "policer" when inFirewall && child is { HasBraces: true, Words.Length: 2 }:
                    policers.Add(ReadPolicer(child));
                    break;
                case "family" when child.Words.Length == 2:
                    Walk(child, child.Words[1] switch { "inet" => Family.Inet, "inet6" => Family.Inet6, _ => Family.Any }, child.Inactive, inFirewall);
                    break;
                case "term" when inFirewall && node == root && child.HasBraces:
                    filters.Add(ReadFilter(root, Family.Inet));
                    return;
                default:
                    Walk(child, family, child.Inactive, inFirewall || child.Key == "firewall");
                    break;
            }
        }
    }

    private Filter ReadFilter(JunosNode node, Family family)
    {
        var terms = new List<Term>();
        var options = new List<string>();
        var names = new HashSet<string>();
        var twice = new HashSet<string>();
        foreach (var child in node.Children)
        {
            if (child.Key == "term" && child.Words.Length == 2)
            {
                if (!names.Add(child.Words[1]) && twice.Add(child.Words[1]))
                    said.Warn(child.At, $"term '{child.Words[1]}' occurs twice; the device would merge them: answers that depend on it are unknown");
                terms.Add(ReadTerm(child, family));
            }
            else if (child.Key == "policer")
            {
                policers.Add(ReadPolicer(child));
            }
            else if (!child.HasBraces && child.Key is not ("apply-groups" or "apply-groups-except"))
            {
                options.Add(string.Join(' ', child.Words));
                if (child.Key is not ("interface-specific" or "physical-interface-filter" or "instance-shared" or "accounting-profile" or "enhanced-mode" or "fast-filter-lookup"))
                    said.Warn(child.At, $"'{AceParser.Short(child.Key)}' is no statement of a filter that is known here; it is kept");
            }
            else if (child.HasBraces)
            {
                said.Error(child.At, $"expected term, got '{AceParser.Short(child.Key)}'");
            }
        }

        if (twice.Count > 0)
            terms = [.. terms.Select(term => twice.Contains(term.Name!) ? term with { Match = Match.Everything, Unknown = [.. term.Unknown, $"a second term {term.Name}"] } : term)];
        return new Filter
        {
            Dialect = Dialect.Junos,
            Name = node.Words.Length > 1 ? node.Words[1] : null,
            Family = family,
            Terms = node.Inactive ? [.. terms.Select(term => term with { Inactive = true, Spelling = default })] : terms,
            Heading = node.Comments,
            Trailing = node.Trailing,
            Options = options,
            Policers = [.. node.Children.Where(child => child.Key == "policer" && child.Words.Length == 2).Select(ReadPolicer)],
            At = node.At,
            Spelling = isSet ? default : Spelled(node),
            IsSetForm = isSet,
        };
    }

    private Term ReadTerm(JunosNode node, Family family)
    {
        var reader = new JunosMatch(root, family, said);
        var froms = node.Children.Where(child => child is { Key: "from", Inactive: false }).SelectMany(from => from.HasBraces ? from.Children : [new JunosNode(from.Words[1..], from.At)]);
        var match = reader.Read(froms, node.At);
        foreach (var other in node.Children.Where(child => child.Key is not ("from" or "then" or "apply-groups" or "apply-groups-except") && !child.Inactive))
        {
            reader.Unknown.Add(string.Join(' ', other.Words));
            said.Warn(other.At, $"'{AceParser.Short(string.Join(' ', other.Words))}' is not understood: answers that depend on this term are unknown");
        }

        var (action, modifiers) = ReadThen(node);
        return new Term
        {
            Name = node.Words[1],
            Action = action,
            Match = match,
            Modifiers = modifiers,
            Comments = [.. AllComments(node)],
            Unknown = reader.Unknown,
            Inactive = node.Inactive,
            At = node.At,
            Spelling = (isSet ? node.IsOwn : IsWhole(node)) ? Spelled(node) : default,
        };
    }

    private Spelling Spelled(JunosNode node) => node.Place is var (from, start, end) ? new Spelling(text, from, end - from, start - from) : default;

    // What a group adds stands elsewhere, and a term that names a group says less without it.
    private static bool IsWhole(JunosNode node) => !node.HasBraces ? node.Key is not ("apply-groups" or "apply-groups-except") : node.Place is not null && node.Children.TrueForAll(IsWhole);

    private static IEnumerable<Comment> AllComments(JunosNode node) =>
        node.Comments.Concat(node.Children.SelectMany(AllComments)).Concat(node.Trailing);

    private (TermAction Action, List<Modifier> Modifiers) ReadThen(JunosNode term)
    {
        TermAction? action = null;
        var modifiers = new List<Modifier>();
        foreach (var then in term.Children.Where(child => child is { Key: "then", Inactive: false }))
        {
            var statements = then.HasBraces ? then.Children : [new JunosNode(then.Words[1..], then.At)];
            foreach (var statement in statements.Where(one => !one.Inactive && one.Words.Length > 0))
            {
                var argument = string.Join(' ', statement.Words.Skip(1).Concat(statement.Children.Select(child => string.Join(' ', child.Words))));
                var found = statement.Key switch
                {
                    "accept" => TermAction.Permit,
                    "discard" => TermAction.Deny,
                    "reject" => argument.Length == 0 ? TermAction.Reject : new TermAction(ActionKind.Reject, argument),
                    "next" => TermAction.NextTerm,
                    "routing-instance" or "next-ip" or "next-ip6" or "next-interface" or "decapsulate" or "encapsulate" or "logical-system" => new TermAction(ActionKind.Route, $"{statement.Key} {argument}".Trim()),
                    _ => null,
                };
                if (found is not null && action is not null && action != found)
                    said.Error(statement.At, $"a second action '{statement.Key}'; the term already says {action}");
                else if (found is not null)
                    action = found;
                else
                    modifiers.Add(new Modifier(statement.Key, argument.Length > 0 ? argument : null));
            }
        }

        return (action ?? TermAction.Permit, modifiers);
    }

    private Policer ReadPolicer(JunosNode node)
    {
        long? bandwidth = null, burst = null;
        int? percent = null;
        var then = new List<string>();
        var others = new List<string>();
        foreach (var statement in node.Children.SelectMany(child => child.Key is "if-exceeding" or "then" && child.HasBraces ? child.Children.Select(inner => (child.Key, inner)) : [(child.Key == "then" && child.Words.Length > 1 ? "then" : "", child)]))
        {
            var (group, inner) = statement;
            var value = inner.Words.Length > 1 ? inner.Words[^1] : "";
            if (group == "then")
                then.Add(string.Join(' ', inner.Key == "then" ? inner.Words[1..] : inner.Words));
            else if (inner.Key == "bandwidth-limit")
                bandwidth = Quantity(value, 32_000, 100_000_000_000_000, inner);
            else if (inner.Key == "burst-size-limit")
                burst = Quantity(value, 1_500, 100_000_000_000, inner);
            else if (inner.Key == "bandwidth-percent")
                percent = (int?)Quantity(value, 1, 100, inner);
            else
                others.Add(string.Join(' ', inner.Words));
        }

        return new Policer(node.Words.Length > 1 ? node.Words[1] : "?", bandwidth, percent, burst, then, node.At, others);
    }

    // Junos counts k, m and g in thousands.
    private long? Quantity(string text, long least, long most, JunosNode node)
    {
        var factor = text.Length == 0 ? 1 : text[^1] switch { 'k' => 1_000L, 'm' => 1_000_000L, 'g' => 1_000_000_000L, _ => 1 };
        var digits = factor == 1 ? text : text[..^1];
        if (long.TryParse(digits, NumberStyles.None, null, out var number) && number <= most && number * factor >= least && number * factor <= most)
            return number * factor;
        said.Kept(node.At, $"{node.Key} is '{AceParser.Short(text)}'; expected {least} to {most}");
        return null;
    }
}
