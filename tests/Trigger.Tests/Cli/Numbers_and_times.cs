using Trigger.Cli.Input;

namespace Trigger.Tests.Cli;

public sealed class Numbers_and_times
{
    private readonly Mistakes mistakes = new();

    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("30s", 30_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("24h", 86_400_000)]
    public void are_read_as_people_type_them(string text, int milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Numbers.Time("--timeout", text, mistakes));
        Assert.False(mistakes.Any);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1s")]
    [InlineData("25h")]
    [InlineData("s")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("1 m")]
    [InlineData("1,5s")]
    public void that_are_no_time_are_said_to_be_none(string text)
    {
        Assert.Null(Numbers.Time("--timeout", text, mistakes));
        Assert.True(mistakes.Any);
    }

    [Fact]
    public void may_be_left_out()
    {
        Assert.Null(Numbers.Time("--timeout", null, mistakes));
        Assert.False(mistakes.Any);
    }

    [Theory]
    [InlineData("1", 1, true)]
    [InlineData("10", 10, true)]
    [InlineData("0", 1, false)]
    [InlineData("11", 1, false)]
    [InlineData("-1", 1, false)]
    [InlineData(" 5", 1, false)]
    [InlineData("99999999999", 1, false)]
    [InlineData("five", 1, false)]
    public void hold_their_limits_on_both_sides(string text, int expected, bool fine)
    {
        Assert.Equal(expected, Numbers.Whole("--parallel", text, 1, 10, mistakes));
        Assert.Equal(fine, !mistakes.Any);
    }
}
