using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Kernel;

public sealed class The_restart_of_an_actor : KernelSpec
{
    [Fact]
    public async Task is_published_with_its_path_cause_message_and_count()
    {
        System.EventStream.Subscribe<ChildRestarted>(Probe.Ref);
        var actor = Spawn((_, message) => Fail($"cannot {message}"), "weak");
        actor.Tell("a");
        actor.Tell("b");

        foreach (var (message, count) in new[] { ("a", 1), ("b", 2) })
        {
            var news = await Probe.Expect<ChildRestarted>();
            Assert.Equal((actor.Path, $"cannot {message}", message, count), (news.Path, news.Cause.Message, news.FailedMessage, news.Count));
        }
    }

    [Fact]
    public async Task is_published_for_the_siblings_it_takes_along()
    {
        System.EventStream.Subscribe<ChildRestarted>(Probe.Ref);
        var parent = Spawn(
            (actor, message) => actor.Place.ActorOf(Script((_, m) => Fail($"cannot {m}")), (string)message),
            "parent",
            strategy: new AllForOneStrategy(_ => Directive.Restart));
        parent.Tell("first");
        parent.Tell("second");
        await Processed(parent);
        System.ActorSelection("/user/parent/first").Tell("boom");

        var news = new[] { await Probe.Expect<ChildRestarted>(), await Probe.Expect<ChildRestarted>() };
        Assert.Equal(["first", "second"], news.Select(restart => restart.Path.Name).Order());
        Assert.Equal(["boom", null], news.OrderBy(restart => restart.Path.Name).Select(restart => restart.FailedMessage));
    }
}
