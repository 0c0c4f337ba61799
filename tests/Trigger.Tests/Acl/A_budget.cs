using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class A_budget
{
    // Every square of source and destination strips, shuffled, and one line that only all of them together cover.
    private static Filter Plaid(int strips)
    {
        var squares = (from source in Enumerable.Range(0, strips) from destination in Enumerable.Range(0, strips) select $" permit ip 10.{source}.0.0 0.0.255.255 10.{destination}.0.0 0.0.255.255").ToArray();
        new Random(4).Shuffle(squares);
        var text = string.Join('\n', ["ip access-list extended PLAID", .. squares, $" deny ip 10.0.0.0 0.{strips - 1}.255.255 10.0.0.0 0.{strips - 1}.255.255", " deny ip any any"]);
        return FilterReader.Read(text, Dialect.Ios).Filters[0];
    }

    [Fact]
    public void that_one_line_exceeds_leaves_it_undecided_with_the_region_that_remained()
    {
        var plaid = Plaid(16);
        var over = plaid.Terms[^2];

        var finding = Assert.Single(ShadowReport.Of(plaid, unneeded: false, new Budget(units: 10_000_000, perQuestion: 300)));

        Assert.Equal((ShadowKind.Undecided, over), (finding.Kind, finding.Term));
        Assert.Contains("source 10.", finding.Remaining);
        Assert.Contains("destination 10.", finding.Remaining);
    }

    [Fact]
    public void that_suffices_decides_the_same_line()
    {
        var plaid = Plaid(16);

        var finding = Assert.Single(ShadowReport.Of(plaid, unneeded: false));

        Assert.Equal((ShadowKind.Shadowed, plaid.Terms[^2]), (finding.Kind, finding.Term));
        Assert.Equal(256, finding.Because.Count);
    }

    [Fact]
    public void that_the_whole_report_exceeds_leaves_every_later_line_undecided_and_names_none_idle()
    {
        var findings = ShadowReport.Of(Plaid(16), unneeded: true, new Budget(units: 400, perQuestion: 400));

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(ShadowKind.Undecided, finding.Kind));
        Assert.All(findings, finding => Assert.False(string.IsNullOrEmpty(finding.Remaining)));
    }

    [Fact]
    public void that_a_comparison_exceeds_leaves_it_undecided_with_the_region_that_remained()
    {
        var plaid = Plaid(16);
        var permitted = plaid with { Terms = [.. plaid.Terms.SkipLast(2), plaid.Terms[^2] with { Action = TermAction.Permit }, plaid.Terms[^1]] };

        var hurried = FilterComparer.Compare(plaid, permitted, budget: new Budget(units: 10_000_000, perQuestion: 300));

        Assert.Equal(ComparisonVerdict.Undecided, hurried.Verdict);
        Assert.Contains("source 10.", hurried.Remaining);
        Assert.Equal(ComparisonVerdict.Equivalent, FilterComparer.Compare(plaid, permitted).Verdict);
    }
}
