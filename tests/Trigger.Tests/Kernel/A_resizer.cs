using Trigger.Kernel.Actor;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

public sealed class A_resizer : KernelSpec
{
    [Theory]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 2)]
    [InlineData(4, 4, 1)]
    public void grows_a_pool_of_which_all_are_busy(int busy, int size, int growth) =>
        Assert.Equal(growth, new DefaultResizer(1, 20, rampupRate: 0.2).Rampup(busy, size));

    [Theory]
    [InlineData(2, 10, -1)]
    [InlineData(3, 10, 0)]
    [InlineData(0, 0, 0)]
    public void shrinks_a_pool_of_which_few_are_busy(int busy, int size, int change) =>
        Assert.Equal(change, new DefaultResizer(0, 20, backoffThreshold: 0.3, backoffRate: 0.1).Backoff(busy, size));

    [Fact]
    public async Task brings_a_new_pool_to_its_lower_bound()
    {
        var router = System.ActorOf(Script((_, _) => { }).WithRouter(new RoundRobinPool(1, new DefaultResizer(3, 5))));

        Assert.Equal(3, await Size(router));
    }

    [Fact]
    public async Task lets_a_busy_pool_grow_and_not_beyond_its_upper_bound()
    {
        var open = new TaskCompletionSource();
        var router = System.ActorOf(
            Script((actor, _) => actor.Run(() => open.Task)).WithRouter(new RoundRobinPool(2, new DefaultResizer(2, 4, rampupRate: 1.0, messagesPerResize: 1))));

        // Enough for each of the four to have one in hand and one waiting.
        for (var i = 0; i < 20; i++)
        {
            router.Tell(i);
            Assert.InRange(await Size(router), 2, 4);
        }

        Assert.Equal(4, await Size(router));
        open.SetResult();
    }

    private static async Task<int> Size(IActorRef router) => (await router.Ask<Routees>(GetRoutees.Instance).WaitAsync(Patience)).Members.Count();
}
