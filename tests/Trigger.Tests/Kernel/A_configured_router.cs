using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

public sealed class A_configured_router() : KernelSpec(BootstrapSetup.Create().WithConfig(
    """
    akka.actor.deployment {
      /pool { router = round-robin-pool, nr-of-instances = 3 }
      /group { router = broadcast-group, routees.paths = ["/user/first", "/user/second"] }
      "/parent/*" { router = random-pool, nr-of-instances = 2 }
      "/parent/known" { router = smallest-mailbox-pool, nr-of-instances = 4 }
      /elastic { router = round-robin-pool, resizer { enabled = on, lower-bound = 2, upper-bound = 3 } }
    }
    """))
{
    [Theory]
    [InlineData("pool", 3)]
    [InlineData("group", 2)]
    [InlineData("elastic", 2)]
    public async Task has_the_routees_that_its_path_was_given(string name, int routees) =>
        Assert.Equal(routees, await Size(System.ActorOf(Silent.WithRouter(FromConfig.Instance), name)));

    [Theory]
    [InlineData("any", 2)]
    [InlineData("known", 4)]
    public async Task is_found_by_a_star_unless_its_name_is_written_out(string name, int routees)
    {
        var parent = Spawn((actor, _) => actor.From.Tell(actor.Place.ActorOf(Silent.WithRouter(FromConfig.Instance), name)), "parent");
        parent.Tell("create", Probe.Ref);

        Assert.Equal(routees, await Size(await Probe.Expect<IActorRef>()));
    }

    [Fact]
    public async Task wins_over_the_pool_in_the_code() => Assert.Equal(3, await Size(System.ActorOf(Silent.WithRouter(new RandomPool(7)), "pool")));

    [Fact]
    public void names_the_path_that_is_not_configured()
    {
        var mistake = Assert.Throws<ConfigurationException>(() => System.ActorOf(Silent.WithRouter(FromConfig.Instance), "unknown"));

        Assert.Contains("/user/unknown", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void names_the_place_of_a_router_that_nobody_knows()
    {
        var mistake = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("bad", "akka.actor.deployment {\n/x { router = round-robbing }\n}"));

        Assert.Contains("round-robbing", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("2", mistake.Message, StringComparison.Ordinal);
    }

    private static Props Silent => Script((_, _) => { });

    private static async Task<int> Size(IActorRef router) => (await router.Ask<Routees>(GetRoutees.Instance).WaitAsync(Patience)).Members.Count();
}
