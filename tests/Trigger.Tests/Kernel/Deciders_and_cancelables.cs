using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class Deciders_and_cancelables : KernelSpec
{
    [Fact]
    public void decide_by_type_in_the_order_that_was_given()
    {
        var decider = Decider.From(Directive.Escalate, Directive.Stop.When<ArgumentNullException>(), Directive.Restart.When<ArgumentException>());

        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Restart, decider.Decide(new ArgumentException("x")));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
    }

    [Fact]
    public void are_cancelled_with_the_first_of_those_they_are_linked_to()
    {
        var (first, second) = (new Cancelable(System.Scheduler), new Cancelable(System.Scheduler, 1000));
        var linked = Cancelable.CreateLinkedCancelable(System.Scheduler, first, second);
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(linked.IsCancellationRequested);
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.True(linked.IsCancellationRequested);
        Assert.False(first.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);
    }

    [Fact]
    public async Task wait_for_an_actors_end_or_for_their_token()
    {
        var actor = Spawn((_, _) => { });
        using var impatient = new CancellationTokenSource();
        var (ended, given) = (actor.WatchAsync(TestContext.Current.CancellationToken), actor.WatchAsync(impatient.Token));
        await impatient.CancelAsync();
        Assert.False(await given.WaitAsync(Patience, TestContext.Current.CancellationToken));
        System.Stop(actor);

        Assert.True(await ended.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.True(await actor.WatchAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
    }
}
