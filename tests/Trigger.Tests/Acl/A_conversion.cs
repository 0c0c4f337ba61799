using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Tests.Acl;

public sealed class A_conversion
{
    [Fact]
    public void that_is_not_shown_to_be_the_same_is_handed_out_only_on_demand()
    {
        // What is one term here is many lines there, so that only a search can show that they are the same.
        var filter = Only("firewall { family inet { filter F { term a { from { source-address { 10.0.0.0/8; 10.1.0.0/16 except; } protocol tcp; destination-port 80; } then accept; } term b { from { source-address { 10.1.0.0/16; } } then discard; } term c { then discard; } } } }");
        var careful = FilterConverter.Convert(filter, Style.IosNamed, wholePackets: true, budget: Small());
        var bold = FilterConverter.Convert(filter, Style.IosNamed, wholePackets: true, lossy: true, budget: Small());

        Assert.Equal((false, (string?)null), (careful.Proven, careful.Text));
        Assert.False(bold.Proven);
        Assert.NotNull(bold.Text);
    }

    [Fact]
    public void of_a_port_without_a_protocol_names_the_protocols_that_have_ports()
    {
        var conversion = FilterConverter.Convert(Only("firewall { family inet { filter F { term a { from { is-fragment; } then discard; } term b { from { destination-port 53; } then accept; } } } }"), Style.IosNamed, wholePackets: true);

        Assert.True(conversion.Proven);
        Assert.Contains(" permit tcp any any eq 53\n permit udp any any eq 53\n", conversion.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ip access-list extended A\n permit ip 10.0.0.0 0.0.0.255 any\n", Style.Eos, " permit ip 10.0.0.0/24 any\n")]
    [InlineData("ip access-list extended A\n permit ip 10.0.0.0 0.0.0.255 any\n", Style.Asa, "permit ip 10.0.0.0 255.255.255.0 any4\n")]
    [InlineData("ip access-list extended A\n deny ip any any fragments\n permit tcp any any match-all -syn\n", Style.JunosSet, "from tcp-flags \"!syn\"\n")]
    [InlineData("ip access-list extended A\n deny ip any any fragments\n permit tcp any any match-all +syn\n", Style.JunosSet, "from tcp-flags syn\n")]
    [InlineData("firewall { family inet { filter F { term a { from { protocol tcp; tcp-flags \"(ack | rst) & !syn\"; } then accept; } } } }", Style.JunosSet, "from tcp-flags \"((!syn & rst) | (!syn & ack))\"\n")]
    [InlineData("firewall { family inet { filter F { term a { from { protocol tcp; tcp-flags \"fin | push\"; } then accept; } } } }", Style.JunosSet, "from tcp-flags \"(fin | push)\"\n")]
    [InlineData("firewall { family inet { filter F { term a { from { protocol-except [ tcp udp ]; } then accept; } } } }", Style.JunosSet, "from protocol-except [ tcp udp ]\n")]
    public void spells_a_condition_as_the_dialect_does(string text, Style style, string expected) =>
        Assert.Contains(expected, FilterConverter.Convert(Only(text), style, new WriteOptions { Name = "150" }, wholePackets: true).Text, StringComparison.Ordinal);

    [Fact]
    public void of_a_line_that_never_matches_writes_what_the_device_adds_behind_it()
    {
        var conversion = FilterConverter.Convert(Only("access-list 100 permit tcp any any range 5 1\n"), Style.JunosSet);

        Assert.True(conversion.Proven);
        Assert.Equal("set firewall family inet filter 100 term T2 then reject\n", conversion.Text);
    }

    [Theory]
    [InlineData("object-group network G\n host 10.0.0.1\n 10.1.0.0 255.255.0.0\nip access-list extended A\n permit tcp object-group G any eq www\n permit tcp any any eq 22\n", Style.IosNamed, "permit tcp host 10.0.0.1 any eq 80\n permit tcp 10.1.0.0 0.0.255.255 any eq 80\n permit tcp any any eq 22\n")]
    [InlineData("policy-options { prefix-list P { 10.0.0.0/8; } }\nfirewall { family inet { filter F { term a { from { source-prefix-list { P; } } then accept; } } } }", Style.JunosSet, "term a from source-address 10.0.0.0/8\n")]
    public void within_a_dialect_writes_out_the_groups_that_the_text_does_not_define(string text, Style style, string expected)
    {
        var conversion = FilterConverter.Convert(Only(text), style);

        Assert.True(conversion.Proven);
        Assert.Contains(expected, conversion.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("group", conversion.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void to_ScreenOS_adds_to_a_service_with_a_plus()
    {
        var conversion = FilterConverter.Convert(Only("ip access-list extended A\n permit tcp any any eq 80 443\n"), Style.ScreenOs);

        Assert.Contains("set service \"svc-1\" protocol tcp src-port 0-65535 dst-port 80-80\nset service \"svc-1\" + tcp src-port 0-65535 dst-port 443-443\n", conversion.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void of_a_filter_is_not_needed_to_search_it_and_inactive_terms_are_left_out() =>
        Assert.Equal("b", Assert.Single(new AccessSearch { Sources = [AddressMatch.Host(Family.Inet, 5)] }.In(Only("firewall { family inet { filter F { inactive: term a { then accept; } term b { then discard; } } } }"))).Name);

    private static Filter Only(string text) => Assert.Single(FilterReader.Read(text).Filters);

    private static Budget Small() => new(units: 3, perQuestion: 3);
}
