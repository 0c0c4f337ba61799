using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Tests.Acl;

public sealed class An_edit_in_place
{
    // Odd spelling on purpose: tabs, blanks, comments beside statements, two statements in a line.
    private const string Odd = "## kept by hand\nfirewall {\n  family inet {\n    filter edge {\n\t/* web */\n        term web {  from { protocol   tcp; destination-port [ http\thttps ]; } # the shops\n            then accept; }\n        inactive: term old { then accept; }\n        term last {\n            then {\n                discard;\n            }\n        }\n    }\n  }\n}\n";

    [Theory]
    [InlineData("access-list 101 permit tcp any any eq 25\naccess-list 101 deny   ip any any\n", "access-list 101 permit tcp any any eq 25\naccess-list 101 permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\naccess-list 101 deny   ip any any\n")]
    [InlineData("hostname x\r\nip access-list extended E\r\n  permit tcp any any eq 25\r\n  remark the end\r\n  deny   ip any any\r\nline vty 0 4\r\n", "hostname x\r\nip access-list extended E\r\n  permit tcp any any eq 25\r\n  permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\r\n  remark the end\r\n  deny   ip any any\r\nline vty 0 4\r\n")]
    [InlineData("ip access-list extended E\n 10 permit tcp any any eq 25\n 20 deny ip any any\n", "ip access-list extended E\n 10 permit tcp any any eq 25\n 15 permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\n 20 deny ip any any\n")]
    [InlineData("ip access-list extended E\n permit tcp any any eq 25\nend\n", "ip access-list extended E\n permit tcp any any eq 25\n permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\nend\n")]
    [InlineData("ip access-list extended D\n seq 5 permit tcp any any eq 25\n seq 10 deny ip any any", "ip access-list extended D\n seq 5 permit tcp any any eq 25\n seq 7 permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\n seq 10 deny ip any any")]
    [InlineData("access-list O line 1 extended permit tcp any any eq 25\naccess-list O line 2 extended deny ip any any\n", "access-list O line 1 extended permit tcp any any eq 25\naccess-list O extended permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\naccess-list O line 2 extended deny ip any any\n")]
    [InlineData("ip access-list N\n  statistics per-entry\n  10 permit tcp any any eq 25\n  20 remark end\n  30 deny ip any any\n", "ip access-list N\n  statistics per-entry\n  10 permit tcp any any eq 25\n  15 permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\n  20 remark end\n  30 deny ip any any\n")]
    [InlineData("set firewall family inet filter f term a from protocol udp\nset firewall family inet filter f term a then accept\n# the end\nset firewall family inet filter f term z then discard\n", "set firewall family inet filter f term a from protocol udp\nset firewall family inet filter f term a then accept\nset firewall family inet filter f term generated_term from source-address 10.1.1.1/32\nset firewall family inet filter f term generated_term from destination-address 10.2.2.2/32\nset firewall family inet filter f term generated_term from protocol tcp\nset firewall family inet filter f term generated_term from destination-port 80\nset firewall family inet filter f term generated_term then accept\n# the end\nset firewall family inet filter f term z then discard\n")]
    public void permits_a_flow_as_the_neighbours_are_written_and_touches_nothing_else(string text, string expected)
    {
        var edit = AccessEditor.Permit(text, Assert.Single(FilterReader.Read(text).Filters), Flow());

        Assert.Null(edit.Problem);
        Assert.Equal(expected, edit.Text);
    }

    [Fact]
    public void puts_a_Junos_term_before_the_one_that_denies_with_its_indentation()
    {
        var edit = AccessEditor.Permit(Odd, Assert.Single(FilterReader.Read(Odd).Filters), Flow(port: 22), "ssh", [new Comment("ticket 7", false, Position.Nowhere)]);

        Assert.Contains("        term ssh {\n            /* ticket 7 */\n            from {\n                source-address {\n                    10.1.1.1/32;\n", edit.Text, StringComparison.Ordinal);
        Assert.Equal(Odd, edit.Text![..edit.Text!.IndexOf("        term ssh", StringComparison.Ordinal)] + edit.Text[edit.Text.IndexOf("        term last", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void of_one_Junos_term_brings_the_others_back_byte_for_byte()
    {
        var filter = Assert.Single(FilterReader.Read(Odd).Filters);
        var written = FilterWriter.Write(filter with { Terms = [filter.Terms[0], filter.Terms[1], filter.Terms[2] with { Action = TermAction.Permit, Spelling = default }] }, Style.Junos).Text;

        Assert.Contains("\t/* web */\n        term web {  from { protocol   tcp; destination-port [ http\thttps ]; } # the shops\n            then accept; }\n        inactive: term old { then accept; }\n", written, StringComparison.Ordinal);
        Assert.Equal(ComparisonVerdict.Equivalent, FilterComparer.Compare(filter, Assert.Single(FilterReader.Read(FilterWriter.Write(filter, Style.Junos).Text).Filters)).Verdict);
    }

    [Fact]
    public void keeps_a_term_that_is_not_understood_as_it_was_written()
    {
        const string text = "firewall {\n    family inet {\n        filter f {\n            term x {\n                from {\n                    flexible-match-range { bit-length 8; }\n                }\n                then accept;\n            }\n        }\n    }\n}\n";
        var written = FilterWriter.Write(Assert.Single(FilterReader.Read(text).Filters), Style.Junos);

        Assert.Equal(text, written.Text);
        Assert.Empty(written.Losses);
    }

    [Fact]
    public void is_refused_where_no_number_is_free()
    {
        const string text = "ip access-list extended E\n 1 permit udp any any\n 2 deny ip any any\n";

        Assert.Equal(new FilterEdit(null, "there is no room between the numbers; resequence the list first"), AccessEditor.Permit(text, FilterReader.Read(text).Filters[0], Flow()));
    }

    [Fact]
    public void is_refused_where_it_would_not_help()
    {
        const string text = "ip access-list extended E\n deny tcp any any time-range NIGHT\n permit ip any any\n";
        var edit = AccessEditor.Permit(text, FilterReader.Read(text).Filters[0], Flow());

        Assert.NotNull(edit.Text);
        Assert.StartsWith("ip access-list extended E\n permit tcp host 10.1.1.1 host 10.2.2.2 eq 80\n deny", edit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void of_an_ASA_may_be_about_IPv6()
    {
        const string text = "access-list O extended permit tcp any any eq 25\naccess-list O extended deny ip any any\n";
        var filter = Assert.Single(FilterReader.Read(text).Filters);
        var flow = Flow() with { Source = AddressSet.Any, Destination = new AddressSet(AddressMatch.Host(Family.Inet6, 1)) };

        Assert.Equal("permit tcp any host ::1 eq 80\n", AccessSuggestion.For(filter, flow, FlowQuestion.Ask(filter, flow)).Text);
        Assert.Contains("permit tcp any host ::1 eq 80\naccess-list O extended deny", AccessEditor.Permit(text, filter, flow).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void is_refused_where_the_text_is_not_the_one_that_was_read()
    {
        var filter = Assert.Single(FilterReader.Read("ip access-list extended E\n permit tcp any any eq 25\n deny ip any any\n").Filters);
        var edit = AccessEditor.Permit("ip access-list extended E\n permit tcp any any eq 26\n deny ip any any\n", filter, Flow());

        Assert.Null(edit.Text);
        Assert.StartsWith("the term would change more than the flow", edit.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void changes_nothing_when_the_flow_is_permitted_already()
    {
        const string text = "ip access-list extended E\n permit ip any any\n";

        Assert.Same(text, AccessEditor.Permit(text, FilterReader.Read(text).Filters[0], Flow()).Text);
    }

    private static Match Flow(int port = 80) => new()
    {
        Protocols = ByteSet.Of(6), Source = new AddressSet(AddressMatch.Host(Family.Inet, 0x0A010101)), Destination = new AddressSet(AddressMatch.Host(Family.Inet, 0x0A020202)), DestinationPorts = RangeSet.Of(port),
    };
}
