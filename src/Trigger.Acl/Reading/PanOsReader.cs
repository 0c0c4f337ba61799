using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>
/// Reads the security rules of PAN-OS, from <c>set</c> lines or XML: before, local, behind, in the order in which the device asks them.
/// Where several virtual systems or device groups have rules, each is read by itself, with what is shared.
/// </summary>
internal sealed class PanOsReader(string text, ReadLimits limits, DiagnosticList said)
{
    private readonly List<(string Scope, List<string> Words, Position At)> statements = [];

    public IReadOnlyList<Filter> Read()
    {
        if (PanOsXml.Looks(text))
            PanOsXml.Read(text, limits, said, Keep);
        else
            ReadLines();
        var scopes = statements.Where(one => PanOsRules.IsRule(one.Words)).Select(one => one.Scope).Where(scope => scope.Length > 0).Distinct().ToList();
        var filters = new List<Filter>();
        foreach (var scope in scopes.Count == 0 ? [""] : scopes)
        {
            var rules = new PanOsRules(limits, said);
            // What is shared comes first: a system's own objects hide shared ones of the same name.
            foreach (var (of, words, at) in statements.Where(one => one.Scope.Length == 0).Concat(statements.Where(one => one.Scope.Length > 0 && one.Scope == scope)))
            {
                if (!rules.Read(words, of, at))
                    said.Error(at, $"'{AceParser.Short(string.Join(' ', words))}' cannot be read");
            }

            filters.AddRange(rules.Filters().Select(filter => scopes.Count > 1 ? filter with { Name = $"{scope}/{filter.Name}" } : filter));
        }

        return filters;
    }

    private void ReadLines()
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var at = new Position(++number, 1);
            if (line.Length > limits.LineLength)
                said.Error(at, $"the line has more than {limits.LineLength} characters");
            else if (SetLines.Split(line) is ["set", .. { Count: > 2 } rest])
                Keep(rest, at);
        }
    }

    private void Keep(List<string> words, Position at)
    {
        var named = words.FindIndex(word => word is "vsys" or "device-group");
        // A rule may be called "vsys"; a scope is named before anything else is.
        var first = words.FindIndex(word => word is "address" or "address-group" or "service" or "service-group" or "rulebase" or "pre-rulebase" or "post-rulebase");
        var scope = named >= 0 && named + 1 < words.Count && named < first ? words[named + 1] : "";
        if (first >= 0)
            statements.Add((scope, words[first..], at));
    }
}
