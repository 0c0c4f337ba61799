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
