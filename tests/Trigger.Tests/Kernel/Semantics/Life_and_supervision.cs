using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class Life_and_supervision : SemanticsSpec
{
    [Fact]
    public void A_parent_stops_after_its_children() => Gives(
        "a.ctor ; a.PreStart ; ac0.ctor ; ac0.PreStart ; ac0.PostStop ; a.PostStop",
        (sim, trace) => sim.Await(Spawn(sim, () => new Living(trace, "a", 1)).GracefulStop(Second)));

    [Fact]
    public void A_restart_waits_for_the_children_and_keeps_the_queue() => Under(
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Living(trace, "p", 2));
            Tell(sim, actor, "fail", "m1", "m2");
            sim.Await(actor.GracefulStop(Second));
        },
        trace =>
        {
            // In which order siblings act is a race in genuine Akka.NET, and so is whether m1 comes before the new children's constructors.
            Assert.Equal("p.ctor ; p.PreStart ; p.PreRestart(fail) ; p.PostStop ; p.ctor ; p.PostRestart ; p.PreStart ; p:m1 ; p:m2 ; p.PostStop", trace.Of("p"));
            Assert.All(["pc0", "pc1"], child =>
            {
                Assert.Equal(string.Join(" ; ", Enumerable.Repeat($"{child}.ctor ; {child}.PreStart ; {child}.PostStop", 2)), trace.Of(child));
                Assert.InRange(trace.IndexOf($"{child}.PostStop"), trace.IndexOf("p.PostStop"), trace.LastIndexOf("p.ctor"));
                Assert.True(trace.LastIndexOf($"{child}.PostStop") < trace.LastIndexOf("p.PostStop"));
            });
        });

    [Fact]
    public void A_restart_keeps_the_identity() => Under(
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Living(trace, "p", 1), "p");
            var uid = actor.Path.Uid;
            Tell(sim, actor, "fail", "m");
            Assert.Equal(uid, sim.Await(sim.System.ActorSelection("/user/p").Ask<ActorIdentity>(new Identify(1))).Subject!.Path.Uid);
        },
        trace => Assert.Equal("p.ctor ; p.PreStart ; p.PreRestart(fail) ; p.PostStop ; p.ctor ; p.PostRestart ; p.PreStart ; p:m", trace.Of("p")));

    [Theory]
    [InlineData(Directive.Resume, "a.count=1")]
    [InlineData(Directive.Restart, "a.PreRestart ; a.PostStop ; a.PostRestart ; a.count=0")]
    [InlineData(Directive.Stop, "a.PostStop ; Terminated")]
    [InlineData(Directive.Escalate, "a.PostStop ; sup.PostRestart")]
    public void Each_directive_leaves_its_own_trace(Directive directive, string expected) => Gives(
        expected,
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Supervising(trace, new OneForOneStrategy(_ => directive)));
            Tell(sim, actor, "fail");
            if (directive is Directive.Resume or Directive.Restart)
                Tell(sim, actor, "count");
        });

    [Fact]
    public void The_third_failure_stops_a_child_that_may_be_restarted_twice() => Gives(
        "a.PreRestart ; a.PostStop ; a.PostRestart ; a.PreRestart ; a.PostStop ; a.PostRestart ; a.PostStop ; Terminated",
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Supervising(trace, new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart)));
            for (var i = 0; i < 4; i++)
                Tell(sim, actor, "fail");
        });

    [Fact]
    public void All_for_one_restarts_the_siblings_too() => Under(
        (sim, trace) => Tell(sim, Spawn(sim, () => new Supervising(trace, new AllForOneStrategy(_ => Directive.Restart), children: 2)), "fail"),
        trace => Assert.All(["a", "b"], child => Assert.Equal($"{child}.PreRestart ; {child}.PostStop ; {child}.PostRestart", trace.Of(child))));

    [Fact]
    public void A_child_that_cannot_be_made_is_stopped() => Gives(
        "p.ctor ; p.PreStart ; p.Terminated",
        (sim, trace) => Tell(sim, Spawn(sim, () => new Living(trace, "p")), "bear a child that cannot be made"));

    [Fact]
    public void Kill_stops_by_default() => Gives(
        "p.ctor ; p.PreStart ; p.PostStop ; Terminated(existence=True)",
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Living(trace, "p"));
            Spawn(sim, () => new Watching(trace, actor));
            Tell(sim, actor, Kill.Instance, "after");
        });
}
