using FsCheck;
using FsCheck.Fluent;
using Trigger.Jobs;

namespace Trigger.Tests.Jobs;

public sealed class Batches_of_a_run
{
    [Theory]
    [InlineData(10, null, null, "10")]
    [InlineData(10, "1", null, "1,9")]
    [InlineData(10, "1", "4", "1,4,4,1")]
    [InlineData(10, null, "5", "5,5")]
    [InlineData(10, "10", "5", "10")]
    [InlineData(10, "20", "5", "10")]
    [InlineData(100, "1%", "10%", "1,10,10,10,10,10,10,10,10,10,9")]
    [InlineData(3, "1%", "50%", "1,2")]
    [InlineData(0, "1", "5", "")]
    public void are_the_canary_and_then_so_many_at_a_time(int devices, string? canary, string? batch, string sizes) =>
        Assert.Equal(sizes, string.Join(',', RunBatches.Sizes(devices, Amount(canary), Amount(batch))));

    [Fact]
    public void are_never_empty_and_together_all_devices() => Prop.ForAll(
        Gen.Choose(0, 500).ToArbitrary(), Gen.Choose(0, 120).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (devices, canary, percent) =>
        {
            var sizes = RunBatches.Sizes(devices, new RunAmount(canary, Percent: false), new RunAmount(percent, Percent: true));
            Assert.Equal(devices, sizes.Sum());
            Assert.DoesNotContain(0, sizes);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("5", 5, 100, false)]
    [InlineData("5", 6, 100, true)]
    [InlineData("0", 0, 100, false)]
    [InlineData("0", 1, 100, true)]
    [InlineData("10%", 10, 100, false)]
    [InlineData("10%", 11, 100, true)]
    [InlineData("10%", 1, 9, true)]
    [InlineData("100%", 9, 9, false)]
    public void are_over_their_limit_with_one_more_than_it(string limit, int failed, int of, bool passed) => Assert.Equal(passed, Amount(limit)!.Value.IsPassedBy(failed, of));

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("1.5")]
    [InlineData("1000001")]
    public void take_no_amount_that_is_none(string text) => Assert.False(RunAmount.TryParse(text, out _));

    private static RunAmount? Amount(string? text) => text is null ? null : RunAmount.TryParse(text, out var amount) ? amount : throw new ArgumentException(text, nameof(text));
}
