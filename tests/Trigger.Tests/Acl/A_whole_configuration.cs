using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class A_whole_configuration
{
    [Theory]
    [InlineData("banner motd ^C\naccess-list 101 permit ip any any\n deny ip any any\n^C\n")]
    [InlineData("banner login #\n  permit ip any any #\n")]
    [InlineData("banner exec ^Caccess-list 101 permit ip any any^C\n")]
    [InlineData("banner login\nip access-list extended X\n permit ip any any\nEOF\n")]
    [InlineData("aaa authentication banner ~\naccess-list 101 permit ip any any~\n")]
    [InlineData("mac access-list extended M\n permit host 0000.0c12.3456 any\n deny any any\n")]
    [InlineData("access-list 700 permit 0000.0c00.0000 0000.00ff.ffff\naccess-list 201 permit 0x0000 0x0d0d\n")]
    [InlineData("ip prefix-list P\n seq 5 permit 10.0.0.0/8\n seq 10 deny any\n")]
    [InlineData("ip as-path access-list A\n permit ^$\n")]
    [InlineData("ip community-list standard C\n 10 permit 65000:1\n")]
    [InlineData("ip access-list role-based R\n permit ip\n")]
    [InlineData("crypto pki certificate chain T\n certificate self-signed 01\n  30820122 30820122 30820122\n  quit\n")]
    [InlineData("route-map M permit 10\n match ip address 101\n")]
    public void has_much_that_looks_like_a_line_of_a_list_and_is_none(string other)
    {
        var read = FilterReader.Read($"hostname a\n{other}!\nip access-list extended E\n permit tcp any any eq 22\n!\n{other}end\n", Dialect.Ios);
        var filter = Assert.Single(read.Filters);

        Assert.DoesNotContain(read.Diagnostics, said => said.Severity != Severity.Note);
        Assert.Equal(("E", 1), (filter.Name, filter.Terms.Count));
        Assert.Equal(3 + other.Count(letter => letter == '\n') + 1, filter.Terms[0].At.Line);
    }

    [Fact]
    public void with_a_banner_that_never_ends_is_read_to_its_end()
    {
        var read = FilterReader.Read("banner motd zz\nip access-list extended E\n permit tcp any any eq 22\n");

        Assert.Equal("E", Assert.Single(read.Filters).Name);
    }

    [Fact]
    public void of_an_ASA_says_banner_before_each_of_its_words()
    {
        var read = FilterReader.Read("banner motd access only\nbanner motd for staff\naccess-list O extended permit tcp any any eq kerberos\n");

        Assert.Equal(750, Assert.Single(Assert.Single(read.Filters).Terms).Match.DestinationPorts!.Runs[0].Low);
    }

    [Fact]
    public void of_an_ASA_says_in_an_object_how_it_is_translated_and_of_users_who_they_are()
    {
        var read = FilterReader.Read("""
            object network WEB
             host 10.1.1.10
            access-list out extended permit tcp any object WEB eq www
            access-list out extended permit tcp user LOCAL\bob any any eq 22
            access-list out extended permit tcp object-group-user IT any security-group name DC any eq 23
            access-list w webtype permit url https://intranet
            object network WEB
             nat (inside,outside) static 203.0.113.3
            """);
        var filter = Assert.Single(read.Filters);

        Assert.Equal([true, false, false], filter.Terms.Select(term => term.Sure));
        Assert.Equal([(4, 37), (5, 37), (5, 62)], read.Diagnostics.Where(said => said.Severity == Severity.Warning).Select(said => (said.At.Line, said.At.Column)));
        Assert.Equal(Severity.Note, read.Diagnostics[^1].Severity);
    }

    [Theory]
    [InlineData("ip access-list extended E\n permit tcp any any eq 22\n deny ip any any\n")]
    [InlineData("access-list O extended permit tcp any any eq 22\naccess-list O extended deny ip any any\n")]
    [InlineData("firewall { family inet { filter E { term a { from { protocol tcp; destination-port 22; } then accept; } } } }")]
    [InlineData("set firewall family inet filter E term a from protocol tcp\nset firewall family inet filter E term a from destination-port 22\nset firewall family inet filter E term a then accept\n")]
    public void may_begin_with_a_byte_order_mark_and_end_its_lines_in_any_way(string text)
    {
        var (plain, marked) = (FilterReader.Read(text), FilterReader.Read("\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace(" permit", "\tpermit", StringComparison.Ordinal)));

        Assert.Empty(marked.Diagnostics);
        Assert.Equal(ComparisonVerdict.Equivalent, FilterComparer.Compare(Assert.Single(plain.Filters), Assert.Single(marked.Filters)).Verdict);
        Assert.Equal(plain.Filters[0].Terms[0].At.Line, marked.Filters[0].Terms[0].At.Line);
    }

    [Fact]
    public void with_a_bad_line_in_one_list_leaves_the_others_whole()
    {
        var read = FilterReader.Read("ip access-list extended A\n permit tcp any any eq 22\n frobnicate\nip access-list extended B\n permit ip any any\n");

        Assert.True(read.HasErrors);
        Assert.Equal([1, 0], read.Filters.Select(filter => filter.LeftOut));
        Assert.Equal([1, 1], FilterReader.Read("premit ip any any\nip access-list extended A\n permit ip any any\nip access-list extended B\n permit ip any any\n").Filters.Select(filter => filter.LeftOut));
    }

    [Fact]
    public void of_an_ASA_may_give_names_to_addresses()
    {
        var read = FilterReader.Read("names\nname 10.9.9.9 old-host\nname 10.8.0.0 net\nobject-group network G\n network-object host old-host\n network-object net 255.255.0.0\naccess-list O extended permit tcp any host old-host\naccess-list O extended permit udp net 255.255.255.0 any\naccess-list O extended permit ospf object-group G any\n");
        var filter = Assert.Single(read.Filters);

        Assert.Empty(read.Diagnostics);
        Assert.Equal(["10.9.9.9", "10.8.0.0/24", "10.9.9.9 10.8.0.0/16"], [filter.Terms[0].Match.Destination.ToString(), filter.Terms[1].Match.Source.ToString(), filter.Terms[2].Match.Source.ToString()]);
    }

    [Fact]
    public void with_a_line_that_cannot_be_read_knows_what_stands_before_the_mistake()
    {
        var filter = Assert.Single(FilterReader.Read("ip access-list extended A\n permit udp host 10.1.1.1 host nowhere\n deny ip any any\n").Filters);

        Assert.Equal([Verdict.Unknown, Verdict.Deny, Verdict.Deny], new[] { (17, 0x0A010101u), (6, 0x0A010101u), (17, 1u) }.Select(one => LinearDecider.Decide(filter, new Packet { Protocol = one.Item1, Source = one.Item2 }).Verdict));
    }

    [Fact]
    public void of_an_ASA_may_name_groups_of_icmp_types()
    {
        var read = FilterReader.Read("object-group icmp-type PING\n icmp-object echo\n icmp-object echo-reply\naccess-list O extended permit icmp any any object-group PING\naccess-list O extended deny ip any any\n");
        var filter = Assert.Single(read.Filters);

        Assert.Empty(read.Diagnostics);
        Assert.Equal([Verdict.Permit, Verdict.Permit, Verdict.Deny], new[] { 8, 0, 5 }.Select(type => LinearDecider.Decide(filter, new Packet { Protocol = 1, IcmpType = type }).Verdict));
    }

    [Theory]
    [InlineData("apply-path \"interfaces <*> unit <*> family inet address <*>\";")]
    [InlineData("10.0.0.0/8; 10.0.0.0/33;")]
    [InlineData("inactive: 11.0.0.0/8;")]
    [InlineData("")]
    public void of_Junos_with_a_prefix_list_that_is_not_known_whole_makes_answers_unknown(string members)
    {
        var filter = Assert.Single(FilterReader.Read($$"""
            policy-options { prefix-list P { {{members}} } }
            firewall { family inet { filter F { term a { from { source-address { 0.0.0.0/0 except; } source-prefix-list { P; } } then accept; } term b { then discard; } } } }
            """).Filters);

        Assert.Equal(Verdict.Unknown, LinearDecider.Decide(filter, new Packet { Source = 0x0B000001 }).Verdict);
    }

    [Theory]
    [InlineData("from { protocol [ tcp nonsense ]; }")]
    [InlineData("from { destination-port [ 22 99999 ]; }")]
    [InlineData("from { source-address { 10.0.0.0/8; 10.0.0.0/99; } }")]
    public void of_Junos_with_a_value_that_cannot_be_read_makes_answers_unknown_and_no_narrower(string from)
    {
        var read = FilterReader.Read($"firewall {{ family inet {{ filter F {{ term a {{ {from} then accept; }} }} }} }}");

        Assert.True(read.HasErrors);
        Assert.Equal((0, Verdict.Unknown), (read.Filters[0].LeftOut, LinearDecider.Decide(read.Filters[0], new Packet { Source = 1, Protocol = 17, DestinationPort = 5 }).Verdict));
    }

    [Theory]
    [InlineData("inactive: firewall { family inet { filter F { term a { then accept; } } } }")]
    [InlineData("firewall { inactive: family inet { filter F { term a { then accept; } } } }")]
    [InlineData("firewall { family inet { inactive: filter F { term a { then accept; } } } }")]
    [InlineData("firewall { family inet { filter F { inactive: term a { then accept; } } } }")]
    [InlineData("set firewall family inet filter F term a then accept\ndeactivate firewall family inet filter F term a\n")]
    [InlineData("set firewall family inet filter F term a then accept\ndeactivate firewall family inet\n")]
    public void of_Junos_may_make_anything_inactive(string text) => Assert.True(Assert.Single(Assert.Single(FilterReader.Read(text).Filters).Terms).Inactive);

    [Fact]
    public void of_Junos_in_set_form_may_make_all_values_of_a_statement_inactive()
    {
        var filter = Assert.Single(FilterReader.Read("""
            set firewall family inet filter F term a from source-address 10.0.0.0/8
            set firewall family inet filter F term a from source-address 11.0.0.0/8
            set firewall family inet filter F term a from protocol tcp
            set firewall family inet filter F term a then accept
            deactivate firewall family inet filter F term a from source-address
            """).Filters);

        Assert.True(Assert.Single(filter.Terms).Match.Source.IsAny);
        Assert.Equal(1, filter.Terms[0].Match.Protocols.Count);
        Assert.True(FilterReader.Read("set firewall family inet filter F term a then accept\ndeactivate firewall family inet filter F term b\n").HasErrors);
    }

    [Theory]
    [InlineData(Dialect.NxOs, 134, Verdict.Permit)]
    [InlineData(Dialect.NxOs, 135, Verdict.Permit)]
    [InlineData(Dialect.Ios, 134, Verdict.Deny)]
    [InlineData(Dialect.Brocade, 136, Verdict.Permit)]
    [InlineData(Dialect.Dell, 136, Verdict.Deny)]
    public void of_IPv6_permits_the_neighbours_that_its_device_permits_unasked(Dialect dialect, int type, Verdict expected)
    {
        var filter = Assert.Single(FilterReader.Read("ipv6 access-list S\n deny tcp any any\n", dialect).Filters);

        Assert.Equal(expected, LinearDecider.Decide(filter, new Packet { Family = Trigger.Acl.Values.Family.Inet6, Protocol = 58, IcmpType = type }).Verdict);
    }
}
