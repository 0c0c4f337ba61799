using System.Text;
using Trigger.Parsing;
using Trigger.Parsing.TextFsm;

namespace Trigger.Tests.Parsing;

public sealed class A_TextFSM_template
{
    private const string Interfaces = """
        # What 'show interfaces brief' prints.
        Value Filldown,Required CHASSIS (\S+)
        Value Required,Key INTERFACE (\S+)
        Value STATUS (up|down)
        Value List ADDRESS (\d+(?:\.\d+){3})

        Start
          ^Chassis\s+${CHASSIS}$$
          ^\S+\s+is -> Continue.Record
          ^${INTERFACE}\s+is\s+${STATUS}
          ^\s+inet\s+${ADDRESS}
          ^end of list -> Record End
          # What is left is no table of ours.
          ^!\s* -> Error "not an answer"
        """;

    [Fact]
    public void finds_rows_with_what_is_filled_down_and_collected()
    {
        var table = Read("Chassis a\neth0 is up\n  inet 10.0.0.1\n  inet 10.0.0.2\neth1 is down\nend of list\neth2 is up\n");

        Assert.Equal(["CHASSIS", "INTERFACE", "STATUS", "ADDRESS"], table.Header);
        Assert.Equal(["a|eth0|up|[10.0.0.1,10.0.0.2]", "a|eth1|down|[]"], Rows(table));
    }

    [Fact]
    public void records_what_is_under_way_when_the_text_ends_and_not_after_End() =>
        Assert.Equal(["a|eth0|up|[]"], Rows(Read("Chassis a\neth0 is up")));

    [Fact]
    public void refuses_a_text_by_its_own_words_naming_rule_and_line()
    {
        var refusal = Assert.Throws<ParseException>(() => Read("Chassis a\n! what\n"));

        Assert.Equal((14, 2), (refusal.Rule, refusal.Input));
        Assert.Equal("t:14: not an answer: line 2 of the text is what this template calls an error: '! what'", refusal.Message);
    }

    [Theory]
    [InlineData("Fillup", "x2|1", "x2|2", "|3")]
    [InlineData("Filldown", "|1", "x2|2", "|3")]
    [InlineData("Fillup,Required", "x2|2")]
    [InlineData("Key", "|1", "x2|2", "|3")]
    public void keeps_or_copies_a_value_as_its_options_say(string options, params string[] rows)
    {
        var table = Template.Read($"Value {options} A (x\\d|)\nValue B (\\d*)\n\nStart\n  ^a${{A}}b${{B}} -> Record\n\nEOF\n", "t").Parse("ab1\nax2b2\nab3\n");

        Assert.Equal(rows, Rows(table));
    }

    [Fact]
    public void keeps_what_was_filled_down_until_Clearall()
    {
        var table = Template.Read("Value Filldown A (x\\d)\nValue B (\\d)\n\nStart\n  ^${A}\n  ^${B} -> Record\n  ^- -> Clear\n  ^= -> Clearall\n\nEOF\n", "t").Parse("x1\n1\n2\n-\n3\n=\n4\n");

        Assert.Equal(["x1|1", "x1|2", "x1|3", "|4"], Rows(table));
    }

    [Fact]
    public void takes_a_match_of_a_list_apart_by_the_names_in_its_pattern()
    {
        var table = Template.Read("Value List PAIR ((?P<key>\\w+)=(?P<value>\\d+)?)\n\nStart\n  ^${PAIR} -> Continue\n  ^\\S+\\s+${PAIR}\n", "t").Parse("a=1 b=\n");

        Assert.Equal(["[{key=a,value=1},{key=b,value=}]"], Rows(table));
    }

    [Theory]
    [InlineData("Value A\n\nStart\n", "t:1: write 'Value [Option,…] NAME (regex)', with single blanks between")]
    [InlineData("Value Requird A (.*)\n\nStart\n", "t:1: 'Requird' is no option; there are Required, Filldown, Fillup, Key, List")]
    [InlineData("Value A (.*)\nStart\n", "t:2: a blank line has to stand between the values and the first state")]
    [InlineData("Value A (.*)\n\nStart\n  ^${B}\n", "t:4: '${B}', and there is no value of that name")]
    [InlineData("Value A (.*)\n\nStart\n  ^${a}\n", "t:4: '${a}', and there is no value of that name; 'A' is spelled otherwise")]
    [InlineData("Value A (.*)\n\nStart\n  ^x$\n", "t:4: a '$' at character 3 that names no value; the end of a line is '$$'")]
    [InlineData("Value A (.*)\n\nStart\n^x\n", "t:4: a rule begins with one or two blanks, or a tab, and '^'")]
    [InlineData("Value A (.*)\n\nStart\n  ^x -> Elsewhere\n", "t:4: goes to the state 'Elsewhere', and there is none; there are Start")]
    [InlineData("Value A (.*)\n\nBegin\n  ^x\n", "t: there is no state 'Start'")]
    [InlineData("Value A (.*)\n\nStart\n  ^x -> Continue Start\n", "t:4: Continue goes on in the same state, so it cannot go to 'Start'")]
    [InlineData("Value A (.*)\n\nStart\n  ^${A}${A}\n", "t:4: the pattern '^(?P<A>.*)(?P<A>.*)' has a second group named 'A', at character 17")]
    [InlineData("Value A (.*)\n\nStart\n\nEnd\n  ^x\n", "t:6: the state End has no rules of its own")]
    public void that_is_wrong_is_refused_with_its_line(string template, string mistake) =>
        Assert.Equal(mistake, Assert.Single(Assert.Throws<TemplateException>(() => Template.Read(template, "t")).Mistakes).ToString());

    [Fact]
    public void tells_all_that_is_wrong_at_once()
    {
        var wrong = Assert.Throws<TemplateException>(() => Template.Read("Value Nope A (.*)\nValue B (x\n\nStart\n  ^(\nStart\n\nStart\n", "t"));

        Assert.Equal([1, 2, 5, 6, 8], wrong.Mistakes.Select(mistake => mistake.Line));
    }

    [Fact]
    public void gives_up_a_rule_that_goes_through_exponentially_many_ways()
    {
        var template = Template.Read("Value A ((?:a|a\\w)+)\n\nStart\n  ^${A}[bc] -> Record\n", "t");

        var refusal = Assert.Throws<ParseException>(() => template.Parse(new string('a', 60) + "!b\n"));

        Assert.Contains("t:4: this rule took too long over line 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void has_limits()
    {
        Assert.Throws<TemplateException>(() => Template.Read(new string('#', Template.MostCharacters + 1), "t"));
        Assert.Throws<TemplateException>(() => Template.Read($"Value A ({string.Concat(Enumerable.Repeat("(?:", 200))}x{new string(')', 200)})\n\nStart\n", "t"));
    }

    [Fact]
    public void splits_lines_where_Python_does() =>
        Assert.Equal(["a", "", "b", "c", "d", "e", "f"], TextLines.Of("a\r\n\nb\rc\vd\u0085e\u2028f\n"));

    [Fact]
    public void is_refused_or_read_whatever_it_is_made_of()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces = ["Value ", "A ", "(.*)", "List ", "\n", "\n\n", "Start\n", "  ^", "${A}", " -> ", "Record", "Continue", "(", ")", "[", "\\", "{2,", "}", "?", "*", "é", "\0", "$$", "EOF\n", "#"];
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder(random.Next(2) == 0 ? "Value A (.*)\n\nStart\n  ^" : "");
            for (var left = random.Next(12); left > 0; left--)
                text.Append(pieces[random.Next(pieces.Length)]);
            try
            {
                Template.Read(text.ToString(), "t").Parse(text.ToString());
            }
            catch (Exception expected) when (expected is TemplateException or ParseException)
            {
                Assert.NotEmpty(expected.Message);
            }
        }
    }

    private static ParsedTable Read(string text) => Template.Read(Interfaces, "t").Parse(text);

    private static IEnumerable<string> Rows(ParsedTable table) => table.Rows.Select(row => string.Join('|', row.Select(Text)));

    private static string Text(Cell? cell) => cell switch
    {
        Cell.Text text => text.Value,
        Cell.Many many => $"[{string.Join(',', many.Items.Select(Text))}]",
        Cell.Parts parts => $"{{{string.Join(',', parts.Fields.Select(field => $"{field.Key}={field.Value}"))}}}",
        _ => "",
    };
}
