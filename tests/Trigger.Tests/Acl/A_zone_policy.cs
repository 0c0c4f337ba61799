using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;

namespace Trigger.Tests.Acl;

public sealed class A_zone_policy
{
    [Fact]
    public void of_ScreenOS_is_read_with_its_actions_groups_and_services()
    {
        var read = FilterReader.Read("""
            set address "Trust" "net1" 10.1.0.0 255.255.0.0 "a comment"
            set address "Untrust" "srv" 192.0.2.1/32
            set group address "Trust" "nets" add "net1"
            set service "app" protocol tcp src-port 0-65535 dst-port 8000-8010
            set service "app" + udp src-port 0-65535 dst-port 9000-9000
            set policy id 3 name "x" from "Trust" to "Untrust" "nets" "srv" "app" permit log
            set policy id 3
            set service "SSH"
            exit
            set policy id 1 from "Trust" to "Untrust" "Any" "Any" "ANY" deny
            """);
        var filter = Assert.Single(read.Filters);

        Assert.Empty(read.Diagnostics);
        Assert.Equal((Dialect.ScreenOs, "Trust->Untrust"), (filter.Dialect, filter.Name));
        Assert.Equal(["3", "1"], filter.Terms.Select(term => term.Name!));
        Assert.Equal(Verdict.Permit, Ask(filter, 8005));
        Assert.Equal(Verdict.Permit, Ask(filter, 22));
        Assert.Equal(Verdict.Deny, Ask(filter, 23));
    }

    [Fact]
    public void of_PAN_OS_is_asked_in_the_order_of_its_rulebases()
    {
        var read = FilterReader.Read("""
            set address net1 ip-netmask 10.1.0.0/16
            set address srv ip-netmask 192.0.2.1
            set address-group nets static [ net1 ]
            set service app protocol tcp port 8000-8010,22
            set post-rulebase security rules last from any to any source any destination any service any application any action deny
            set rulebase security rules web from trust to untrust source nets destination srv
            set rulebase security rules web service app
            set rulebase security rules web application any
            set rulebase security rules web action allow
            set rulebase security rules maybe from trust to untrust source any destination any application ssl service any action allow
            """);
        var filter = Assert.Single(read.Filters, one => one.Name == "trust->untrust");

        Assert.Equal(Dialect.PanOs, filter.Dialect);
        Assert.Equal(["web", "maybe", "last", "interzone-default"], filter.Terms.Select(term => term.Name!));
        Assert.Equal(Verdict.Permit, Ask(filter, 8005));
        Assert.Equal(Verdict.Unknown, Ask(filter, 23));
    }

    [Fact]
    public void of_ScreenOS_is_asked_in_the_order_it_was_moved_to_and_the_global_ones_last()
    {
        var read = FilterReader.Read("""
            set address "Untrust" "srv" 192.0.2.1/32
            set policy id 1 from "Trust" to "Untrust"  "Any" "srv" "SSH" permit log
            set policy id 2 from "Trust" to "Untrust"  "Any" "Any" "SSH" deny
            set policy id 3 from "Trust" to "Untrust"  "Any" "Any" "HTTP" permit
            set policy id 3 disable
            set policy global id 9 from "Global" to "Global"  "Any" "Any" "HTTPS" permit
            set policy move 2 before 1
            """);
        var filter = read.Filters[0];

        Assert.Empty(read.Diagnostics);
        Assert.Equal(["2", "1", "3", "9"], filter.Terms.Select(term => term.Name!));
        Assert.Equal([Verdict.Deny, Verdict.Deny, Verdict.Permit], new[] { 22, 80, 443 }.Select(port => Ask(filter, port)));
    }

    [Fact]
    public void of_ScreenOS_with_what_no_packet_shows_makes_answers_unknown()
    {
        var filter = Assert.Single(FilterReader.Read("""
            set service "reply" protocol icmp type 0 code 0
            set policy id 1 from "Trust" to "Untrust"  "Any" "Any" "SSH" permit schedule "work"
            set policy id 2 from "Trust" to "Untrust"  "Any" "Any" "HTTP" permit
            set policy id 2
            set src-address "!elsewhere" negate
            set frobnicate on
            exit
            set policy id 4 from "Trust" to "Untrust"  "Any" "Any" "reply" permit
            """).Filters);

        Assert.Equal([Verdict.Unknown, Verdict.Unknown, Verdict.Deny], new[] { 22, 80, 443 }.Select(port => Ask(filter, port)));
        Assert.Equal((ByteSet.Of(0), ByteSet.Of(0)), (filter.Terms[2].Match.Rare!.IcmpTypes!.Value, filter.Terms[2].Match.Rare!.IcmpCodes!.Value));
    }

    [Fact]
    public void of_PAN_OS_permits_what_stays_in_a_zone_unless_a_rule_says_otherwise()
    {
        var read = FilterReader.Read("""
            set rulebase security rules in from trust to trust source any destination any service service-http application any action deny
            set rulebase security rules in rule-type intrazone
            set rulebase security rules out from trust to any source any destination any service service-https application any action allow
            set rulebase security rules dmz from any to dmz source any destination any service service-http application any action allow
            """);

        Assert.Equal([Verdict.Deny, Verdict.Permit], new[] { 80, 22 }.Select(port => Ask(read.Filters.Single(one => one.Name == "trust->trust"), port)));
        Assert.Equal([Verdict.Permit, Verdict.Permit, Verdict.Deny], new[] { 80, 443, 22 }.Select(port => Ask(read.Filters.Single(one => one.Name == "trust->dmz"), port)));
    }

    [Theory]
    [InlineData("", Verdict.Permit, Verdict.Deny)]
    [InlineData("set rulebase default-security-rules rules intrazone-default action deny\n", Verdict.Deny, Verdict.Deny)]
    [InlineData("set rulebase default-security-rules rules interzone-default action allow\nset rulebase default-security-rules rules interzone-default log-end yes\n", Verdict.Permit, Verdict.Permit)]
    public void of_PAN_OS_ends_in_the_rules_for_what_no_rule_decides(string change, Verdict within, Verdict between)
    {
        var read = FilterReader.Read("set rulebase security rules a from trust to trust source any destination any service service-http application any action deny\n"
            + "set rulebase security rules b from trust to untrust source any destination any service service-http application any action allow\n"
            + "set rulebase security rules c from any to any source any destination any service service-https application any action deny\n" + change);

        Assert.Empty(read.Diagnostics);
        Assert.Equal([within, between], new[] { "trust->trust", "trust->untrust" }.Select(name => Ask(read.Filters.Single(one => one.Name == name), 22)));
        // Of any zone and any zone nobody knows whether they are one.
        Assert.Equal(within == between ? within : Verdict.Unknown, Ask(read.Filters.Single(one => one.Name == "any->any"), 22));
    }

    [Fact]
    public void of_PAN_OS_for_one_zone_says_nothing_between_two()
    {
        var read = FilterReader.Read("set rulebase security rules a from any to any source any destination any service any application any action allow\nset rulebase security rules a rule-type intrazone\n"
            + "set rulebase security rules b from trust to untrust source any destination any service service-http application any action allow\n");

        Assert.Equal([Verdict.Permit, Verdict.Deny], new[] { 80, 22 }.Select(port => Ask(read.Filters.Single(one => one.Name == "trust->untrust"), port)));
    }

    [Fact]
    public void of_PAN_OS_says_the_same_in_XML()
    {
        const string xml = """
            <?xml version="1.0"?>
            <config version="10.0.0"><devices><entry name="localhost.localdomain"><vsys><entry name="vsys1">
              <address><entry name="net1"><ip-netmask>10.1.0.0/16</ip-netmask><description>R&amp;D</description></entry><entry name="srv"><ip-netmask>192.0.2.1</ip-netmask></entry></address>
              <address-group><entry name="nets"><static><member>net1</member></static></entry></address-group>
              <service><entry name="app"><protocol><tcp><port>8000-8010,22</port><override><no/></override></tcp></protocol></entry></service>
              <rulebase><security><rules>
                <entry name="web" uuid="1"><to><member>untrust</member></to><from><member>trust</member></from><source><member>nets</member></source><destination><member>srv</member></destination>
                  <application><member>any</member></application><service><member>app</member></service><action>allow</action><log-end>yes</log-end></entry>
                <entry name="maybe"><to><member>untrust</member></to><from><member>trust</member></from><source><member>any</member></source><destination><member>any</member></destination>
                  <application><member>ssl</member></application><service><member>service-https</member></service><action>allow</action></entry>
              </rules></security><default-security-rules><rules><entry name="intrazone-default"><action>deny</action></entry></rules></default-security-rules></rulebase>
            </entry></vsys></entry></devices></config>
            """;
        var read = FilterReader.Read(xml);
        var filter = Assert.Single(read.Filters);

        Assert.Equal((Dialect.PanOs, "trust->untrust", 9), (filter.Dialect, filter.Name, filter.Terms[1].At.Line));
        Assert.DoesNotContain(read.Diagnostics, said => said.Severity == Severity.Error);
        Assert.Equal([Verdict.Permit, Verdict.Permit, Verdict.Deny, Verdict.Unknown], new[] { 8005, 22, 23, 443 }.Select(port => Ask(filter, port)));
        Assert.Equal(new Position(3, 1).Line, Assert.Single(FilterReader.Read("<config>\n<entry name=\"a\">\n</x>").Diagnostics).At.Line);
    }

    [Fact]
    public void of_PAN_OS_is_read_for_each_virtual_system_with_what_is_shared()
    {
        var read = FilterReader.Read("""
            set shared address srv ip-netmask 192.0.2.1
            set shared address far ip-netmask 192.0.2.1
            set vsys vsys1 address srv ip-netmask 198.51.100.1
            set vsys vsys1 rulebase security rules all from trust to untrust source any destination srv service any application any action allow
            set vsys vsys2 rulebase security rules all from trust to untrust source any destination [ srv far ] service any application any action allow
            """);

        Assert.Equal(["vsys1/trust->untrust", "vsys2/trust->untrust"], read.Filters.Select(filter => filter.Name));
        Assert.Equal([Verdict.Deny, Verdict.Permit], read.Filters.Select(filter => Ask(filter, 22)));
    }

    private static Verdict Ask(Filter filter, int port) => FlowQuestion.Ask(filter, new Match
    {
        Protocols = ByteSet.Of(6),
        Source = new AddressSet(AddressMatch.Host(Family.Inet, 0x0A010203)),
        Destination = new AddressSet(AddressMatch.Host(Family.Inet, 0xC0000201)),
        DestinationPorts = RangeSet.Of(port),
    }).Verdict;
}
