using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Tests.Acl;

public sealed class A_Junos_filter
{
    [Theory]
    [InlineData("10.1.2.3", Verdict.Deny)]
    [InlineData("10.2.2.3", Verdict.Permit)]
    [InlineData("10.1.9.9", Verdict.Permit)]
    public void takes_the_longest_prefix_of_a_list_wherever_it_stands(string source, Verdict expected)
    {
        var filter = One("filter f { term a { from { source-address { 10.1.0.0/16 except; 10.0.0.0/8; 10.1.9.0/24; } } then accept; } }");

        Assert.Equal(expected, From(filter, source));
    }

    [Fact]
    public void with_nothing_but_excepts_matches_nothing()
    {
        var filter = One("filter f { term a { from { source-address { 10.1.0.0/16 except; } } then accept; } }");

        Assert.Equal(Verdict.Deny, From(filter, "192.0.2.1"));
    }

    [Theory]
    [InlineData("then { count z; }", Verdict.Permit)]
    [InlineData("then next term;", Verdict.Deny)]
    [InlineData("then { routing-instance blue; }", Verdict.Permit)]
    [InlineData("then { reject tcp-reset; }", Verdict.Deny)]
    [InlineData("from { interface ge-0/0/0; } then accept;", Verdict.Unknown)]
    [InlineData("from { source-prefix-list { nowhere; } } then accept;", Verdict.Unknown)]
    public void does_what_its_then_says(string body, Verdict expected) => Assert.Equal(expected, From(One($"filter f {{ term a {{ {body} }} }}"), "10.0.0.1"));

    [Fact]
    public void says_the_same_in_braces_and_in_set_lines()
    {
        const string braces = """
            policy-options { prefix-list mgmt { 10.9.0.0/16; 192.0.2.1/32; } }
            firewall {
                family inet {
                    filter protect {
                        interface-specific;
                        /* who may come in */
                        term ssh { from { source-prefix-list { mgmt; } protocol tcp; destination-port [ ssh 830 ]; } then { count ssh; accept; } }
                        inactive: term old { then accept; }
                        term syn { from { protocol tcp; tcp-flags "(syn & !ack) | rst"; port-except 0-1023; } then accept; }
                        term rest { then { log; discard; } }
                    }
                }
            }
            """;
        var filter = One(braces);
        var set = FilterWriter.Write(filter, Style.JunosSet);
        var again = One(set.Text);

        Assert.Equal(ComparisonVerdict.Equivalent, FilterComparer.Compare(filter with { Terms = [.. filter.Terms.Where(term => term.Name != "syn")] }, again with { Terms = [.. again.Terms.Where(term => term.Name != "syn")] }).Verdict);
        Assert.Equal(["ssh", "old", "rest"], again.Terms.Where(term => term.Name != "syn").Select(term => term.Name!));
        Assert.True(again.Terms.Single(term => term.Name == "old").Inactive);
        Assert.Equal("who may come in", Assert.Single(filter.Terms[0].Comments).Text);
    }

    [Fact]
    public void inherits_what_its_groups_say()
    {
        var filter = One("""
            groups { g { firewall { family inet { filter <*> { term last { then discard; } } } } } }
            apply-groups g;
            firewall { family inet { filter f { term a { then { count x; next term; } } } } }
            """);

        Assert.Equal(["a", "last"], filter.Terms.Select(term => term.Name!));
    }

    [Theory]
    [InlineData("filter f {\n term a {\n  then accept\n }\n}", 4, 2, "expected ; behind 'accept'")]
    [InlineData("filter f {\n term a {\n  from {\n   protocol tcpp;\n  }\n  then accept;\n }\n}", 4, 4, "protocol has no value 'tcpp'; expected a name or 0 to 255")]
    [InlineData("filter f {\n term a {\n  then accept;\n }\n}\n}", 6, 1, "this } closes nothing")]
    [InlineData("filter f {\n term a {\n  from { source-address { 10.0.0.0/33; } }\n  then accept;\n }\n}", 3, 27, "expected an address, got '10.0.0.0/33'")]
    public void tells_where_it_is_wrong(string text, int line, int column, string message) =>
        Assert.Contains(new Diagnostic(Severity.Error, new Position(line, column), message), FilterReader.Read(text).Diagnostics);

    [Theory]
    [InlineData("from {\n protocol\n  tcp;\n destination-port\n  [ 22\n    23 ];\n } then\n  accept;", "")]
    [InlineData("from\n {\n protocol tcp; destination-port 22-23; source-address\n {\n 10.0.0.0/8\n except;\n 0.0.0.0/0\n ; } }\n then\n {\n count\n x;\n accept\n ;\n }", "10.")]
    [InlineData("from { protocol tcp; tcp-flags\n  \"(syn\n & !ack)\"; } then {\n next\n term; }", null)]
    public void takes_the_end_of_a_line_for_a_blank(string body, string? unlike)
    {
        var read = FilterReader.Read($"filter f {{ term\n a\n {{ {body} }} term b {{ then discard; }} }}", Dialect.Junos);

        // Quotes are the one thing that a line's end does end.
        Assert.Equal(unlike is null, read.HasErrors);
        if (unlike is not null)
            Assert.Equal((Verdict.Permit, unlike.Length > 0 ? Verdict.Deny : Verdict.Permit), (Ssh(read.Filters[0], "192.0.2.1"), Ssh(read.Filters[0], "10.1.1.1")));
    }

    [Fact]
    public void takes_the_end_of_a_line_for_a_blank_in_a_prefix_list_too() =>
        Assert.DoesNotContain(FilterReader.Read("policy-options { prefix-list P { apply-path\n \"protocols bgp\"; } }\nfirewall { filter f { term a { then accept; } } }").Diagnostics, said => said.Severity == Severity.Error);

    [Theory]
    [InlineData("from {\n protocol tcp\n destination-port 22;\n }\n then accept;", 3, 14, "expected ; at the end of line 3")]
    [InlineData("from {\n protocol tcp;\n destination-port 22\n }\n then accept;", 5, 2, "expected ; behind '22'")]
    [InlineData("from {\n protocol [ tcp udp ]\n destination-port 22;\n }\n then accept;", 3, 22, "expected ; at the end of line 3")]
    [InlineData("from {\n destination-port 22;\n source-address {\n 10.0.0.0/8\n 11.0.0.0/8;\n } }\n then accept;", 5, 12, "expected ; at the end of line 5")]
    [InlineData("from {\n destination-port 22;\n }\n then {\n count x\n accept;\n }", 6, 9, "expected ; at the end of line 6")]
    [InlineData("from {\n destination-port 22;\n }\n then {\n accept\n count x;\n }", 6, 8, "expected ; at the end of line 6")]
    [InlineData("from {\n tcp-initial\n destination-port-except 0-21;\n }\n then accept;", 3, 13, "expected ; at the end of line 3")]
    [InlineData("then accept\n } term c {\n then discard;", 3, 2, "expected ; behind 'accept'")]
    public void tells_of_a_semicolon_that_was_forgotten_and_reads_on(string body, int line, int column, string message)
    {
        var read = FilterReader.Read($"filter f {{\n term a {{ {body}\n }} term b {{ then discard; }} }}", Dialect.Junos);

        Assert.Equal(new Diagnostic(Severity.Error, new Position(line, column), message), Assert.Single(read.Diagnostics, said => said.Severity == Severity.Error));
        Assert.Equal(("a", TermAction.Permit, "b"), (read.Filters[0].Terms[0].Name, read.Filters[0].Terms[0].Action, read.Filters[0].Terms[^1].Name));
    }

    [Fact]
    public void reads_policers_in_decimal_units_and_within_their_limits()
    {
        var read = FilterReader.Read("firewall { policer p { if-exceeding { bandwidth-limit 1m; burst-size-limit 15k; } then discard; } policer bad { if-exceeding { bandwidth-limit 1; } } }");

        Assert.Equal((1_000_000, 15_000), (read.Policers[0].Bandwidth!.Value, read.Policers[0].Burst!.Value));
        Assert.Equal("bandwidth-limit is '1'; expected 32000 to 100000000000000", Assert.Single(read.Diagnostics).Message);
    }

    [Fact]
    public void that_cannot_be_said_elsewhere_is_refused()
    {
        var conversion = FilterConverter.Convert(One("filter f { term a { then { routing-instance blue; } } }"), Style.IosNamed);

        Assert.Null(conversion.Text);
        Assert.Equal("term a: 'routing-instance blue' has no equal here", Assert.Single(conversion.Losses).What);
    }

    private static Verdict Ssh(Filter filter, string source) =>
        AddressText.TryPrefix(source, out var address) ? FlowQuestion.Ask(filter, new Match { Source = new AddressSet(address), Protocols = ByteSet.Of(6), DestinationPorts = RangeSet.Of(23) }).Verdict : Verdict.NotApplicable;

    private static Filter One(string text) => Assert.Single(FilterReader.Read(text, Dialect.Junos).Filters);

    private static Verdict From(Filter filter, string source) =>
        AddressText.TryPrefix(source, out var address) ? FlowQuestion.Ask(filter, new Match { Source = new AddressSet(address) }).Verdict : Verdict.NotApplicable;
}
