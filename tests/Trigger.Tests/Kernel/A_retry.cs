using Trigger.Kernel.Pattern;

namespace Trigger.Tests.Kernel;

public sealed class A_retry : KernelSpec
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task tries_again_as_often_as_it_may(int failures, bool succeeds)
    {
        var attempts = 0;
        var retried = RetrySupport.Retry(() => ++attempts <= failures ? Task.FromException<string>(new InvalidOperationException("no")) : Task.FromResult("yes"), 2);

        if (succeeds)
            Assert.Equal("yes", await retried);
        else
            await Assert.ThrowsAsync<InvalidOperationException>(() => retried);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task waits_before_it_tries_again()
    {
        var tried = new SemaphoreSlim(0);
        var attempts = 0;
        var retried = RetrySupport.Retry(
            () =>
            {
                tried.Release();
                return ++attempts == 1 ? Task.FromException<string>(new InvalidOperationException("no")) : Task.FromResult("yes");
            },
            1,
            Second,
            System.Scheduler);
        await tried.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Equal(1, attempts);
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("yes", await retried.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 8)]
    [InlineData(4, 10)]
    [InlineData(5000, 10)]
    public void doubles_its_waits_up_to_the_longest(int attempts, int seconds) =>
        Assert.Equal(seconds * Second, BackoffDelay.After(attempts, Second, 10 * Second, randomFactor: 0, new Random(1)));

    [Fact]
    public void lengthens_a_wait_by_chance_and_not_by_more_than_it_may()
    {
        var dice = new Random(7);
        var waits = Enumerable.Range(0, 1000).Select(_ => BackoffDelay.After(0, Second, 10 * Second, 0.2, dice)).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, Second, 1.2 * Second));
        Assert.NotEqual(waits.Min(), waits.Max());
    }
}
