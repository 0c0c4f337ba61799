using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class An_optimisation
{
    [Theory]
    [InlineData("ip access-list extended A\n permit tcp host 10.0.0.1 any eq 80\n permit tcp host 10.0.0.9 any eq 80\n")]
    [InlineData("firewall { family inet { filter F { term a { from { source-address { 10.0.0.1/32; } protocol tcp; } then discard; } term b { from { source-address { 10.0.0.2/32; } protocol tcp; } then { reject tcp-reset; } } term c { then accept; } } } }")]
    public void is_not_offered_where_nothing_is_gained_or_another_answer_would_be_given(string text) => Assert.Null(FilterOptimizer.Optimise(Read(text)));

    [Fact]
    public void merges_neighbours_into_the_prefix_that_they_make_up() =>
        Assert.Equal("10.0.0.0/31", Assert.Single(FilterOptimizer.Optimise(Read("ip access-list extended A\n permit tcp host 10.0.0.0 any eq 80\n permit tcp host 10.0.0.1 any eq 80\n"))!.Filter.Terms).Match.Source.ToString());

    private static Filter Read(string text) => Assert.Single(FilterReader.Read(text).Filters);
}
