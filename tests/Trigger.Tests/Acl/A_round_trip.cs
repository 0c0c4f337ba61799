using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Writing;

namespace Trigger.Tests.Acl;

/// <summary>Lists drawn at random, spelled as a person would who never does it the same way twice.</summary>
public sealed class A_round_trip
{
    private const int Lists = 40;

    public static TheoryData<Style> Styles { get; } = new(Enum.GetValues<Style>().Where(style => style != Style.ScreenOs));

    [Theory]
    [MemberData(nameof(Styles))]
    public void keeps_remarks_order_and_spelling(Style style)
    {
        var seed = Random.Shared.Next();
        for (var i = 0; i < Lists; i++)
        {
            var text = Text(new Random(seed + i), style);
            var filter = Only(text, style);
            var written = FilterWriter.Write(filter, style).Text;
            var again = Only(written, style);

            Assert.True(Spelled(filter).SequenceEqual(Spelled(again)), $"seed {seed + i}\n{text}\n{written}");
            // Written once more, nothing changes.
            Assert.Equal(written, FilterWriter.Write(again, style).Text);
            // Every line of the list is there as it was written, apart from what stands before the action.
            foreach (var term in filter.Terms)
                Assert.True(written.Contains(term.Spelling.FromAction.TrimEnd(), StringComparison.Ordinal), $"seed {seed + i}: {term.Spelling.FromAction}\n{text}\n{written}");
        }
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void with_one_term_changed_keeps_all_others_and_all_remarks(Style style)
    {
        var seed = Random.Shared.Next();
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(seed + i);
            var text = Text(random, style);
            var filter = Only(text, style);
            var at = random.Next(filter.Terms.Count);
            var changed = filter with { Terms = [.. filter.Terms.Select((term, n) => n == at ? term with { Action = term.Action.Permits ? TermAction.Deny : TermAction.Permit, Spelling = default } : term)] };
            var written = FilterWriter.Write(changed, style).Text;
            var again = Only(written, style);

            var (before, after) = (Spelled(filter).ToList(), Spelled(again).ToList());
            Assert.True(before.Count == after.Count && Enumerable.Range(0, before.Count).All(n => n == at ? before[n].Remarks == after[n].Remarks : before[n] == after[n]), $"seed {seed + i}, term {at}\n{text}\n{written}");
            Assert.True(FilterComparer.Compare(changed, again).Verdict == ComparisonVerdict.Equivalent, $"seed {seed + i}, term {at}\n{text}\n{written}");
        }
    }

    [Fact]
    public void of_set_lines_that_are_scattered_says_each_of_them_once()
    {
        string[] lines = ["from protocol tcp", "then accept"];
        var text = string.Concat(lines.SelectMany(line => new[] { "a", "b" }.Select(term => $"set firewall family inet filter F term {term} {line}\n")));
        var written = FilterWriter.Write(Only(text, Style.JunosSet), Style.JunosSet).Text;

        Assert.Equal(text.Split('\n').Order(), written.Split('\n').Order());
    }

    private static IEnumerable<(string Remarks, string Line)> Spelled(Filter filter) =>
        filter.Terms.Select(term => (string.Join('|', term.Comments.Select(comment => $"{comment.IsRemark}{comment.Text}")), $"{term.Name}{term.Inactive}{term.Sequence} {term.Spelling.FromAction.TrimEnd()}"))
            .Append((string.Join('|', filter.Trailing.Select(comment => comment.Text)), ""));

    private static Filter Only(string text, Style style)
    {
        var read = FilterReader.Read(text, Trigger.Acl.Writing.Styles.DialectOf(style));
        Assert.True(read.Diagnostics.Count == 0, $"{string.Join('\n', read.Diagnostics)}\n{text}");
        return Assert.Single(read.Filters);
    }

    private static string Text(Random random, Style style)
    {
        var dialect = Trigger.Acl.Writing.Styles.DialectOf(style);
        var list = DrawnList.DrawFor(random, wildcards: false, dialect);
        if (style is Style.Ios or Style.Brocade or Style.JunosSet && list.Family == Trigger.Acl.Values.Family.Inet6)
            return Text(random, style);
        var numbered = random.Next(2) == 0;
        var number = 0;
        var lines = new List<string>();
        var inet6 = list.Family == Trigger.Acl.Values.Family.Inet6;
        for (var i = 0; i < list.Rules.Count; i++)
        {
            var rule = list.Rules[i];
            number += random.Next(1, 30);
            if (style == Style.Junos)
                lines.Add(Loose(random, $"{(random.Next(3) == 0 ? $"/* why {i} */\n" : "")}{(random.Next(5) == 0 ? "inactive: " : "")}{rule.Junos(i, inet6)}", " \t"));
            else if (style == Style.JunosSet)
                lines.AddRange(SetLines(random, i, rule));
            else
                lines.AddRange(Cisco(random, style, inet6, numbered ? number : null, Loose(random, rule.Cisco(dialect, inet6) + (random.Next(4) == 0 && !inet6 ? " log" : ""), " \t")));
        }

        if (random.Next(3) == 0 && style is not (Style.Junos or Style.JunosSet))
            lines.AddRange(Cisco(random, style, inet6, numbered ? number + 1 : null, "remark the end")[^1..]);
        var body = string.Join('\n', lines) + "\n";
        return style switch
        {
            Style.Junos => $"firewall {{ family {(inet6 ? "inet6" : "inet")} {{ filter F {{\n{body}}} }} }}\n",
            Style.Ios or Style.Brocade or Style.Asa or Style.JunosSet => body,
            Style.IosXr => $"{(inet6 ? "ipv6" : "ipv4")} access-list F\n{body}",
            _ => $"{(inet6 ? "ipv6" : "ip")} access-list {(style is Style.IosNamed or Style.Dell && !inet6 ? "extended " : "")}F\n{body}",
        };
    }

    private static string[] Cisco(Random random, Style style, bool inet6, int? number, string ace)
    {
        var remark = $"remark   ticket {random.Next(100)}, äöü  {ace.Length}";
        var lead = style switch
        {
            Style.Ios or Style.Brocade => "access-list 101 ",
            Style.Asa => "access-list F ",
            Style.Dell when number is not null => $" seq {number} ",
            Style.IosNamed when inet6 && number is not null => $" sequence {number} ",
            _ when number is not null => $" {number} ",
            _ => " ",
        };
        var word = style == Style.Asa && !ace.StartsWith("remark", StringComparison.Ordinal) ? "extended " : "";
        return random.Next(3) == 0 ? [lead + remark, lead + word + ace] : [lead + word + ace];
    }

    private static IEnumerable<string> SetLines(Random random, int i, DrawnRule rule)
    {
        var head = $"set firewall family inet filter F term t{i} ";
        if (random.Next(3) == 0)
            yield return $"# why {i}";
        if (rule.Destination.Length > 0)
            yield return $"{head}from destination-address {rule.Destination.Junos()}";
        if (rule.Source.Length > 0)
            yield return $"{head}from   source-address {rule.Source.Junos()}";
        if (rule.Protocol >= 0)
            yield return $"{head}from protocol {rule.Protocol}";
        yield return $"{head}then {(rule.Permit ? "accept" : "discard")}";
        if (random.Next(5) == 0)
            yield return $"deactivate firewall family inet filter F term t{i}";
    }

    // Blanks become more blanks, here and there; a word stays a word.
    [Theory]
    [InlineData("filter f {\n    term a { then accept; }\n    term b {\n        then discard;\n    }\n}\n", "        filter f {\n            term a { then accept; }\n            term b {\n                then discard;\n            }\n        }\n")]
    [InlineData("firewall {\n    family inet {\n        filter f {\n            term a { then accept; }\n        }\n    }\n}\n", "        filter f {\n            term a { then accept; }\n        }\n")]
    public void of_a_bare_Junos_filter_moves_its_terms_as_deep_as_what_is_written_around_them(string text, string expected) =>
        Assert.Contains(expected, FilterWriter.Write(Assert.Single(FilterReader.Read(text).Filters), Style.Junos).Text, StringComparison.Ordinal);

    private static string Loose(Random random, string text, string blanks) =>
        string.Concat(text.Select(letter => letter == ' ' && random.Next(5) == 0 ? string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => blanks[random.Next(blanks.Length)])) : $"{letter}"));
}
