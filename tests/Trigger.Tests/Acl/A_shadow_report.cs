using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class A_shadow_report
{
    [Theory]
    [InlineData("permit tcp any any eq 80\n deny tcp any host 10.0.0.1 eq 80", ShadowKind.Shadowed, 3, "2")]
    [InlineData("permit tcp any any eq 80\n permit tcp any host 10.0.0.1 eq 80", ShadowKind.Redundant, 3, "2")]
    [InlineData("permit ip 10.0.0.0 0.0.0.127 any\n deny ip 10.0.0.128 0.0.0.127 any\n permit ip 10.0.0.0 0.0.0.255 any", ShadowKind.Shadowed, 4, "2 3")]
    [InlineData("permit ip 10.0.0.0 0.0.0.127 any\n permit ip 10.0.0.128 0.0.0.127 any\n permit ip 10.0.0.0 0.0.0.255 any", ShadowKind.Redundant, 4, "2 3")]
    [InlineData("permit tcp any any lt 0\n permit ip any any", ShadowKind.Unmatchable, 2, "")]
    [InlineData("permit tcp any any eq 80\n permit ip any any", ShadowKind.Unneeded, 2, "3")]
    [InlineData("deny tcp any any eq 80\n deny ip any any", ShadowKind.Unneeded, 2, "3")]
    public void says_which_line_is_idle_and_because_of_which(string lines, ShadowKind kind, int line, string because)
    {
        var finding = Assert.Single(Of($"ip access-list extended A\n {lines}\n"), finding => finding.Kind == kind);

        Assert.Equal((kind, line, because), (finding.Kind, finding.Term.At.Line, string.Join(' ', finding.Because.Select(term => term.At.Line))));
    }

    [Fact]
    public void shows_a_packet_that_a_shadowed_line_means_and_another_decides()
    {
        var finding = Assert.Single(Of("ip access-list extended A\n permit tcp any 10.0.0.0 0.0.0.255\n deny tcp any host 10.0.0.9 eq 22\n"));

        Assert.Equal(3, finding.Term.At.Line);
        Assert.Equal(2, finding.DecidedBy!.At.Line);
        Assert.Equal(("10.0.0.9", 22), (Trigger.Acl.Values.AddressText.Of(Trigger.Acl.Values.Family.Inet, finding.Witness!.Value.Destination), finding.Witness.Value.DestinationPort));
    }

    [Theory]
    [InlineData("ip access-list extended A\n deny tcp any any eq 445\n deny ip any any log\n")]
    [InlineData("ip access-list extended A\n permit ip any any\n", "ip access-list extended A\n deny tcp any any eq 445 log\n")]
    [InlineData("firewall { family inet { filter F { term a { from { protocol icmp; } then { policer P; accept; } } term b { then accept; } } } }")]
    [InlineData("firewall { family inet { filter F { term a { from { protocol icmp; } then discard; } term b { then { reject tcp-reset; } } } } }")]
    [InlineData("firewall { family inet { filter F { term a { from { protocol icmp; } then { routing-instance blue; } } term b { then accept; } } } }")]
    public void keeps_a_line_behind_which_its_packets_would_be_treated_otherwise(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.Empty(Of(text));
            Assert.Null(FilterOptimizer.Optimise(Read(text)));
        }
    }

    [Fact]
    public void does_not_keep_a_line_for_its_counter() =>
        Assert.Equal("a", Assert.Single(Of("firewall { family inet { filter F { term a { from { protocol icmp; } then { count x; accept; } } term b { then { count y; accept; } } } } }")).Term.Name);

    private static IReadOnlyList<ShadowFinding> Of(string text) => ShadowReport.Of(Read(text));

    private static Filter Read(string text) => Assert.Single(FilterReader.Read(text).Filters);
}
