using Trigger.Cli;

namespace Trigger.Tests.Cli;

public sealed class An_exit_code
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 3)]
    [InlineData(5, 1, 3)]
    public void tells_doubt_before_failure_and_failure_before_success(long refused, long unknown, int code) => Assert.Equal(code, ExitCode.Of(refused, unknown));

    [Fact]
    public void of_bad_input_is_two() => Assert.Equal(2, ExitCode.BadInput);
}
