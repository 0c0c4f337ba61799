using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class What_a_line_asks
{
    [Theory]
    [InlineData("tcp any any neq 80", 79, true)]
    [InlineData("tcp any any neq 80", 80, false)]
    [InlineData("tcp any any neq 80 443", 443, false)]
    [InlineData("tcp any any neq 80 443", 81, true)]
    [InlineData("tcp any any lt 80", 80, false)]
    [InlineData("tcp any any le 80", 80, true)]
    [InlineData("tcp any any gt 80", 80, false)]
    [InlineData("tcp any any ge 80", 80, true)]
    [InlineData("tcp any any ge 80", 79, false)]
    [InlineData("tcp any any eq 80 443", 443, true)]
    [InlineData("tcp any any eq 0", 0, true)]
    [InlineData("tcp any any gt 65535", 65535, false)]
    [InlineData("tcp any any range 80 90", 91, false)]
    public void of_ports(string line, int port, bool expected) => Assert.Equal(expected, Permits(line, new Packet { DestinationPort = port }));

    [Theory]
    [InlineData("match-all +syn -ack", 2, true)]
    [InlineData("match-all +syn -ack", 18, false)]
    [InlineData("match-all +syn +ack", 2, false)]
    [InlineData("match-all +syn +ack", 18, true)]
    [InlineData("match-any +syn -ack", 0, true)]
    [InlineData("match-any +syn -ack", 16, false)]
    [InlineData("match-any +syn +fin", 1, true)]
    [InlineData("syn fin", 1, true)]
    [InlineData("syn fin", 16, false)]
    [InlineData("established", 4, true)]
    [InlineData("established", 2, false)]
    public void of_TCP_flags(string words, int flags, bool expected) => Assert.Equal(expected, Permits($"tcp any any {words}", new Packet { TcpFlags = flags }));

    [Theory]
    [InlineData("255 any any", 255, true)]
    [InlineData("0 any any", 0, true)]
    [InlineData("icmp any any 3 4", 1, false)]
    public void of_protocols(string line, int protocol, bool expected) => Assert.Equal(expected, Permits(line, new Packet { Protocol = protocol }));

    [Fact]
    public void of_a_protocol_beyond_the_last_is_a_mistake() => Assert.True(FilterReader.Read("ip access-list extended A\n permit 256 any any\n").HasErrors);

    [Theory]
    [InlineData(99, true)]
    [InlineData(1300, true)]
    [InlineData(1999, true)]
    [InlineData(100, false)]
    [InlineData(2000, false)]
    public void of_a_number_is_a_standard_or_an_extended_list(int number, bool standard) =>
        Assert.Equal(standard, Assert.Single(FilterReader.Read($"access-list {number} permit {(standard ? "10.1.1.1" : "ip host 10.1.1.1 any")}\n").Filters).IsStandard);

    [Fact]
    public void of_a_group_that_contains_itself_is_told_and_unknown()
    {
        var read = FilterReader.Read("object-group network A\n group-object B\nobject-group network B\n group-object A\n host 10.1.1.1\nip access-list extended X\n permit ip object-group A any\n");

        Assert.Contains(read.Diagnostics, said => said.Message.Contains("contains itself", StringComparison.Ordinal));
        Assert.Equal(Verdict.Unknown, LinearDecider.Decide(read.Filters[0], new Packet { Source = 5 }).Verdict);
    }

    [Theory]
    [InlineData(Dialect.Ios, "object-group network G\n 10.1.0.0 255.255.0.0\nip access-list extended A\n permit ip object-group G any\n")]
    [InlineData(Dialect.NxOs, "object-group ip address G\n 10.1.0.0 0.0.255.255\nip access-list A\n permit ip addrgroup G any\n")]
    [InlineData(Dialect.Asa, "object-group network G\n network-object 10.1.0.0 255.255.0.0\naccess-list A extended permit ip object-group G any\n")]
    [InlineData(Dialect.IosXr, "object-group network ipv4 G\n 10.1.0.0/16\nipv4 access-list A\n 10 permit ipv4 net-group G any\n")]
    public void of_a_group_of_networks_is_as_its_device_writes_masks(Dialect dialect, string text)
    {
        var filter = Assert.Single(FilterReader.Read(text, dialect).Filters);

        Assert.Equal([Verdict.Permit, Verdict.Deny], new uint[] { 0x0A01FFFF, 0x0A020000 }.Select(source => LinearDecider.Decide(filter, new Packet { Source = source }).Verdict));
    }

    [Fact]
    public void of_a_group_of_services_may_be_the_source_port()
    {
        var filter = Assert.Single(FilterReader.Read("object-group service S\n tcp source gt 1023 eq 80\nip access-list extended A\n permit object-group S any any\n", Dialect.Ios).Filters);

        Assert.Equal([Verdict.Permit, Verdict.Deny, Verdict.Deny], new[] { (1024, 80), (1023, 80), (1024, 81) }.Select(ports => LinearDecider.Decide(filter, new Packet { SourcePort = ports.Item1, DestinationPort = ports.Item2 }).Verdict));
    }

    [Fact]
    public void of_lines_without_numbers_is_behind_the_highest_so_far()
    {
        var filter = Assert.Single(FilterReader.Read("ip access-list A\n 15 permit tcp any any\n permit udp any any\n 20 deny ip any any\n", Dialect.NxOs).Filters);

        Assert.Equal([15, 20], filter.Terms.Select(term => term.Sequence!.Value).Take(2));
        Assert.Equal(25, Assert.Single(FilterReader.Read("ip access-list A\n 15 permit tcp any any\n permit udp any any\n", Dialect.NxOs).Filters).Terms[1].Sequence);
    }

    [Theory]
    [InlineData("from { source-address { 10.0.0.0/8; 10.1.0.0/16 except; 10.1.1.0/24; } }", 0x0A010101u, true)]
    [InlineData("from { source-address { 10.0.0.0/8; 10.1.0.0/16 except; 10.1.1.0/24; } }", 0x0A010201u, false)]
    [InlineData("from { source-address { 10.1.0.0/16 except; 10.0.0.0/8; } }", 0x0A010201u, false)]
    [InlineData("from { source-address { 10.1.0.0/16 except; } }", 0x0B000001u, false)]
    [InlineData("from { source-address { 0.0.0.0/0; 10.1.0.0/16 except; } }", 0x0B000001u, true)]
    [InlineData("from { inactive: source-address { 10.1.0.0/16; } }", 0x0B000001u, true)]
    [InlineData("from { source-address { inactive: 10.1.0.0/16; 11.0.0.0/8; } }", 0x0A010001u, false)]
    public void of_Junos_addresses_is_by_the_longest_prefix(string from, uint source, bool expected) =>
        Assert.Equal(expected, Junos(from, new Packet { Source = source }));

    [Theory]
    [InlineData("from { protocol tcp; destination-port-except [ 80 443 ]; }", 80, 0, false)]
    [InlineData("from { protocol tcp; destination-port-except [ 80 443 ]; }", 81, 0, true)]
    [InlineData("from { protocol tcp; destination-port 80-90; destination-port-except 85; }", 85, 0, false)]
    [InlineData("from { protocol tcp; destination-port 80-90; destination-port-except 85; }", 86, 0, true)]
    [InlineData("from { protocol tcp; destination-port 80-90; destination-port-except 85; }", 91, 0, false)]
    [InlineData("from { protocol tcp; tcp-flags \"syn & !ack\"; }", 80, 2, true)]
    [InlineData("from { protocol tcp; tcp-flags \"syn & !ack\"; }", 80, 18, false)]
    [InlineData("from { protocol tcp; tcp-flags \"(syn & !ack) | rst\"; }", 80, 20, true)]
    public void of_Junos_may_be_an_exception(string from, int port, int flags, bool expected) =>
        Assert.Equal(expected, Junos(from, new Packet { DestinationPort = port, TcpFlags = flags }));

    [Fact]
    public void of_Junos_is_kept_when_a_group_says_the_same_statement()
    {
        var filter = Assert.Single(FilterReader.Read("groups { G { firewall { family inet { filter F { term <*> { then { discard; } } } } } } }\napply-groups G;\nfirewall { family inet { filter F { term a { from { protocol tcp; } then { discard; } } term b { then accept; } } } }").Filters);

        Assert.Equal(2, filter.Terms.Count);
        Assert.Equal(Verdict.Deny, LinearDecider.Decide(filter, new Packet()).Verdict);
    }

    [Fact]
    public void of_Junos_in_two_terms_of_one_name_is_unknown()
    {
        var read = FilterReader.Read("firewall { family inet { filter F { term a { from { protocol tcp; } then accept; } term a { from { protocol udp; } } term z { then discard; } } } }");

        Assert.Single(read.Diagnostics);
        Assert.Equal(Verdict.Unknown, LinearDecider.Decide(read.Filters[0], new Packet { Protocol = 47 }).Verdict);
    }

    [Fact]
    public void that_is_not_understood_leaves_an_answer_known_where_all_agree()
    {
        static Verdict Ask(string lines) => LinearDecider.Decide(FilterReader.Read($"ip access-list extended A\n{lines}").Filters[0], new Packet()).Verdict;

        Assert.Equal(Verdict.Permit, Ask(" permit tcp any any time-range T\n permit ip any any\n"));
        Assert.Equal(Verdict.Unknown, Ask(" permit tcp any any time-range T\n deny ip any any\n"));
        Assert.Equal(Verdict.Unknown, Ask(" deny tcp any any time-range T\n permit ip any any\n"));
        Assert.Equal(Verdict.Deny, Ask(" deny tcp any any time-range T\n deny ip any any\n"));
    }

    [Fact]
    public void that_is_not_understood_is_not_called_idle() =>
        Assert.Empty(ShadowReport.Of(FilterReader.Read("ip access-list extended A\n permit tcp any any time-range T\n permit ip any any\n").Filters[0]));

    private static bool Permits(string line, Packet packet) => LinearDecider.Decide(Assert.Single(FilterReader.Read($"ip access-list extended A\n permit {line}\n").Filters), packet).Verdict == Verdict.Permit;

    private static bool Junos(string from, Packet packet) => LinearDecider.Decide(Assert.Single(FilterReader.Read($"firewall {{ family inet {{ filter F {{ term a {{ {from} then accept; }} }} }} }}").Filters), packet).Verdict == Verdict.Permit;
}
