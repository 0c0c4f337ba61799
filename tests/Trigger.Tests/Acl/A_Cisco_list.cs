using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Tests.Acl;

public sealed class A_Cisco_list
{
    [Theory]
    [InlineData("permit tcp any any eq 80 443 8080")]
    [InlineData("permit tcp any any neq 0")]
    [InlineData("permit tcp any any range ftp-data telnet")]
    [InlineData("permit tcp any any ack rst")]
    [InlineData("permit tcp any any match-all +syn -ack")]
    [InlineData("permit udp any eq bootps any eq bootpc")]
    [InlineData("permit ip any any dscp ef")]
    [InlineData("permit ip any any precedence critical")]
    [InlineData("permit ip any any tos min-delay")]
    [InlineData("permit ip any any ttl lt 5")]
    [InlineData("deny ip any any fragments")]
    [InlineData("deny ip any any log-input")]
    [InlineData("permit icmp any any echo")]
    [InlineData("permit icmp any any 3 4 log")]
    [InlineData("permit icmp any any log echo")]
    [InlineData("permit ahp any any")]
    [InlineData("permit 112 any any")]
    [InlineData("permit ip 10.0.5.0 0.255.0.255 any")]
    [InlineData("permit ip any any log TAG")]
    public void of_the_everyday_kind_is_understood(string line)
    {
        var read = FilterReader.Read($"ip access-list extended A\r\n 10 {line}\r\n", Dialect.Ios);

        Assert.Empty(read.Diagnostics);
        Assert.True(Assert.Single(Assert.Single(read.Filters).Terms).Sure);
    }

    [Theory]
    [InlineData(Dialect.NxOs, "permit tcp any gt 1023 host 10.0.0.1 range 20 21 ack psh rst")]
    [InlineData(Dialect.NxOs, "permit ip any any packet-length range 20 9210")]
    [InlineData(Dialect.NxOs, "permit ip 10.0.0.0 0.0.0.255 10.1.0.0/16 ttl eq 1 log")]
    [InlineData(Dialect.NxOs, "permit pcp any any")]
    [InlineData(Dialect.IosXr, "permit ipv4 any any nexthop1 ipv4 10.0.0.1")]
    [InlineData(Dialect.IosXr, "deny ipv4 any any counter DROPS")]
    [InlineData(Dialect.IosXr, "permit tcp any any match-all +syn -ack")]
    [InlineData(Dialect.Eos, "permit tcp any any neq www https")]
    [InlineData(Dialect.Eos, "permit ip any any ecn ect-ce")]
    [InlineData(Dialect.Eos, "permit ip any any ecn ce")]
    [InlineData(Dialect.Dell, "permit udp 10.0.0.0/8 any range 1 2 count byte order 1")]
    [InlineData(Dialect.Dell, "permit tcp 10.0.0.0 0.255.0.255 any ack monitor no-drop")]
    [InlineData(Dialect.Brocade, "permit ip any any dscp-matching 46")]
    [InlineData(Dialect.Brocade, "permit udp any any priority-force 7")]
    public void of_each_family_has_its_own_words(Dialect dialect, string line)
    {
        var read = FilterReader.Read($"{(dialect == Dialect.IosXr ? "ipv4" : "ip")} access-list {(dialect is Dialect.Dell or Dialect.Brocade ? "extended " : "")}A\n {line}\n", dialect);

        Assert.Empty(read.Diagnostics);
        Assert.True(Assert.Single(Assert.Single(read.Filters).Terms).Sure);
    }

    [Theory]
    [InlineData(Dialect.NxOs, "permit tcp any any http-method get")]
    [InlineData(Dialect.Eos, "permit vlan 5 0xfff tcp any any")]
    [InlineData(Dialect.Eos, "permit tcp any any tracked")]
    [InlineData(Dialect.Ios, "permit tcp any any option record-route")]
    public void with_a_condition_beyond_the_model_may_match_and_is_kept(Dialect dialect, string line)
    {
        var read = FilterReader.Read($"ip access-list {(dialect == Dialect.Ios ? "extended " : "")}A\n {line}\n", dialect);

        Assert.Equal(Severity.Warning, Assert.Single(read.Diagnostics).Severity);
        Assert.Equal(Verdict.Unknown, Ask(Assert.Single(read.Filters), 80).Verdict);
    }

    [Theory]
    [InlineData("", Verdict.Deny)]
    [InlineData(" fragments deny-all\n", Verdict.Deny)]
    [InlineData(" fragments permit-all\n", Verdict.Permit)]
    public void of_NX_OS_may_say_what_becomes_of_later_fragments(string option, Verdict expected)
    {
        var filter = Assert.Single(FilterReader.Read($"ip access-list A\n{option} 10 deny tcp any any eq 22\n", Dialect.NxOs).Filters);

        Assert.Equal(expected, LinearDecider.Decide(filter, new Packet { Source = 1, Destination = 2, Protocol = 6, FragmentOffset = 5 }).Verdict);
        Assert.Equal(Verdict.Deny, LinearDecider.Decide(filter, new Packet { Source = 1, Destination = 2, Protocol = 6, DestinationPort = 23 }).Verdict);
    }

    [Theory]
    [InlineData("permt tcp any any", 2, 2, "expected permit, deny or remark, got 'permt'")]
    [InlineData("permit tcp any 10.0.0.0 eq 80", 2, 26, "expected a wildcard after 10.0.0.0, got 'eq'")]
    [InlineData("permit tcp any any eq 65536", 2, 24, "port 65536 is out of range; ports are 0 to 65535")]
    [InlineData("permit icmp any any eq 80", 2, 22, "only tcp, udp and sctp have ports")]
    [InlineData("permit 300 any any", 2, 9, "protocol 300 is out of range; protocols are 0 to 255")]
    [InlineData("permit tcp host any", 2, 18, "expected an address after host, got 'any'")]
    [InlineData("permit ip 2001:db8::/32 any", 2, 12, "an IPv6 address in an IPv4 list")]
    [InlineData("permit tcp any", 2, 16, "expected an address, the line ends")]
    public void tells_where_a_line_is_wrong_and_goes_on(string line, int at, int column, string message)
    {
        var read = FilterReader.Read($"ip access-list extended A\n {line}\n permit ip any any\n");

        Assert.Equal(new Diagnostic(Severity.Error, new Position(at, column), message), Assert.Single(read.Diagnostics));
        // A line whose action is known may match anything; one that begins with no known word is not there, and the filter says so.
        var filter = Assert.Single(read.Filters);
        Assert.Equal(line.StartsWith("permit", StringComparison.Ordinal) ? (2, 0) : (1, 1), (filter.Terms.Count, filter.LeftOut));
    }

    [Fact]
    public void is_found_in_a_whole_configuration_and_the_rest_is_left_alone()
    {
        var read = FilterReader.Read("""
            hostname core1
            !
            interface Gi0/0
             ip access-group EDGE in
            !
            ip access-list extended EDGE
             permit tcp any any eq 22
             remark last
             deny   ip any any log
            !
            access-list 10 permit 10.1.1.1
            access-list 10 permit 10.2.0.0 0.0.255.255
            ipv6 access-list SIX
             permit tcp any host 2001:db8::1 eq 443
            !
            line vty 0 4
             access-class 10 in
            end
            """);

        Assert.Empty(read.Diagnostics);
        Assert.Equal(["EDGE", "10", "SIX"], read.Filters.Select(filter => filter.Name));
        Assert.Equal([2, 2, 1], read.Filters.Select(filter => filter.Terms.Count));
        Assert.Equal(Family.Inet6, read.Filters[2].Family);
        Assert.Equal("10.1.1.1", read.Filters[1].Terms[0].Match.Source.ToString());
    }

    [Theory]
    [InlineData("10.1.1.1/32", "10.1.1.1", "10.1.1.1")]
    [InlineData("10.1.1.1/31", "10.1.1.0", "10.1.1.1")]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("2001:db8::1/128", "2001:db8::1", "2001:db8::1")]
    [InlineData("2001:db8::1/127", "2001:db8::", "2001:db8::1")]
    [InlineData("2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void has_prefixes_of_every_length(string text, string low, string high)
    {
        Assert.True(AddressText.TryPrefix(text, out var prefix));
        Assert.Equal((low, high), (AddressText.Of(prefix.Family, prefix.Low), AddressText.Of(prefix.Family, prefix.High)));
    }

    [Fact]
    public void decides_by_number_and_not_by_place()
    {
        var filter = Assert.Single(FilterReader.Read("ipv4 access-list A\n 20 permit ipv4 any any\n 10 deny tcp any any\n permit udp any any\n").Filters);

        Assert.Equal([10, 20, 30], filter.Terms.Select(term => term.Sequence!.Value));
    }

    [Fact]
    public void with_something_not_understood_makes_answers_unknown_and_not_wrong()
    {
        var filter = Assert.Single(FilterReader.Read("ip access-list extended A\n permit tcp any any eq 80 time-range WORK\n permit tcp any any eq 22\n").Filters);

        Assert.Equal(Verdict.Unknown, Ask(filter, 80).Verdict);
        Assert.Equal(Verdict.Permit, Ask(filter, 22).Verdict);
        Assert.Equal(Verdict.Deny, Ask(filter, 23).Verdict);
    }

    [Fact]
    public void follows_object_groups_and_reports_circles_and_names_without_meaning()
    {
        var read = FilterReader.Read("""
            object-group network WEB
             host 10.0.0.1
             10.0.1.0 255.255.255.0
             group-object MORE
            object-group network MORE
             range 10.0.2.1 10.0.2.9
            object-group network LOOP
             group-object LOOP
            object-group service SVC
             tcp eq www
             udp range 100 200
            ip access-list extended A
             permit object-group SVC any object-group WEB
             permit ip any object-group LOOP
             permit ip any object-group NONE
            """);
        var filter = Assert.Single(read.Filters);

        Assert.Contains(read.Diagnostics, said => said.Message == "network group 'LOOP' contains itself: LOOP > LOOP");
        Assert.Contains(read.Diagnostics, said => said is { Message: "network group 'NONE' is not defined in this text: lines that use it are unknown", At: { Line: 15, Column: 29 } });
        // One cause is told once for each line that it spoils.
        Assert.Equal(3, read.Diagnostics.Count);
        Assert.Equal("10.0.0.1 10.0.1.0/24 10.0.2.1-10.0.2.9", filter.Terms[0].Match.Destination.ToString());
        Assert.Equal(2, filter.Terms[0].Matches.Count());
        Assert.Equal([true, false, false], filter.Terms.Select(term => term.Sure));
    }

    [Fact]
    public void says_of_a_group_with_a_member_that_is_not_understood_that_the_group_is_not() =>
        Assert.Equal(["group G"], Assert.Single(Assert.Single(FilterReader.Read("object network G\n fqdn v4 www.example.com\naccess-list O extended permit ip object G any\n").Filters).Terms).Unknown);

    [Theory]
    [InlineData(200, false)]
    [InlineData(1299, false)]
    [InlineData(1300, true)]
    [InlineData(199, true)]
    public void of_IP_has_a_number_of_its_own(int number, bool own) =>
        Assert.Equal(own ? 1 : 0, FilterReader.Read($"access-list {number} permit {(number == 1300 ? "10.1.1.1" : "ip any any")}\n", Dialect.Ios).Filters.Count);

    [Fact]
    public void that_names_two_groups_which_are_not_there_is_told_of_each_once()
    {
        var read = FilterReader.Read("ip access-list extended A\n permit object-group S any object-group N\n permit object-group S any any\n");

        Assert.Equal([(2, 22), (2, 41), (3, 22)], read.Diagnostics.Select(said => (said.At.Line, said.At.Column)));
    }

    [Fact]
    public void of_an_ASA_has_netmasks_and_both_families()
    {
        var read = FilterReader.Read("""
            object network SRV
             host 10.0.0.1
            object-group service WEB tcp
             port-object eq www
             port-object range 8000 8010
            access-list OUT remark hello
            access-list OUT extended permit tcp 10.1.0.0 255.255.0.0 object SRV object-group WEB log
            access-list OUT extended deny ip any6 any6
            access-list OUT extended permit ip any any inactive
            """);
        var filter = Assert.Single(read.Filters);

        Assert.Empty(read.Diagnostics);
        Assert.Equal((Dialect.Asa, Family.Any), (filter.Dialect, filter.Family));
        Assert.Equal("10.1.0.0/16", filter.Terms[0].Match.Source.ToString());
        Assert.Equal("80 8000-8010", filter.Terms[0].Match.DestinationPorts!.ToString());
        Assert.True(filter.Terms[2].Inactive);
        Assert.Equal("hello", Assert.Single(filter.Terms[0].Comments).Text);
    }

    [Theory]
    [InlineData(Style.IosNamed, "ip access-list extended EDGE\n remark first\n permit tcp any   host 10.0.0.1 eq www\n!\n! second\n deny   ip any any log\n")]
    [InlineData(Style.Ios, "! c1\naccess-list 100 remark first\naccess-list 100 permit tcp any host 10.0.0.1 eq www\naccess-list 100 deny   ip any any\n")]
    [InlineData(Style.NxOs, "ip access-list N\n statistics per-entry\n 10 remark first\n 20 permit tcp any 10.0.0.0/8 eq 22\n 30 deny ip any any\n")]
    [InlineData(Style.Dell, "ip access-list extended D\n seq 5 permit tcp any any eq 22\n seq 10 deny ip any any\n")]
    [InlineData(Style.Brocade, "access-list 101 permit tcp any any eq ssh\nip rebind-acl 101\n")]
    public void is_written_back_with_its_remarks_order_and_spelling(Style style, string text)
    {
        var filter = Assert.Single(FilterReader.Read(text).Filters);

        Assert.Equal(text, FilterWriter.Write(filter, style).Text);
    }

    private static FlowAnswer Ask(Filter filter, int port) => FlowQuestion.Ask(filter, new Match { Protocols = ByteSet.Of(6), DestinationPorts = RangeSet.Of(port) });
}
