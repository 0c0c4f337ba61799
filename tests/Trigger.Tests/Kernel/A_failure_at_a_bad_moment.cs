using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Kernel;

/// <summary>Failures while something else is going on already, under many orders of what happens.</summary>
public sealed class A_failure_at_a_bad_moment : KernelSpec
{
    private const int Seeds = 25;

    [Theory]
    [InlineData(Directive.Resume)]
    [InlineData(Directive.Restart)]
    public void as_the_actor_is_made_leads_to_another_attempt_when_it_may_go_on(Directive directive) => Simulation.Explore(Seeds, sim =>
    {
        var (seen, made) = (sim.Probe(), 0);
        var boss = sim.System.ActorOf(Props.Create(() => new Boss(_ => directive, () => ++made < 3 ? throw new InvalidOperationException("not yet") : new Worker(seen.Ref))));
        boss.Tell("hello", ActorRefs.NoSender);
        sim.Settle();

        Assert.Equal(3, made);
        Assert.Equal(["start", "hello"], seen.Messages);
    });

    [Fact]
    public async Task as_the_actor_is_made_is_named_as_it_was_thrown_however_the_actor_is_made()
    {
        System.EventStream.Subscribe<Error>(Probe.Ref);
        foreach (var props in new[] { Props.Create<Stillborn>("by type"), Props.Create(() => new Stillborn("by factory")) })
        {
            System.ActorOf(props, "stillborn");
            var error = await Probe.Expect<Error>();
            var cause = Assert.IsType<ActorInitializationException>(error.Cause);
            Assert.IsType<NotSupportedException>(cause.InnerException);
            Assert.StartsWith("Exception during creation of akka://test/user/stillborn: by ", cause.Message, StringComparison.Ordinal);

            // Its name is needed again.
            Assert.True(SpinWait.SpinUntil(() => ActorTree.Of(System, "/user/stillborn").Count == 0, Patience));
        }
    }

    [Fact]
    public void takes_the_children_with_it_that_were_made_before_the_constructor_failed() => Simulation.Explore(Seeds, sim =>
    {
        var (seen, made) = (sim.Probe(), 0);
        var boss = sim.System.ActorOf(Props.Create(() => new Boss(_ => Directive.Restart, () => new HalfMade(++made, seen.Ref))));
        boss.Tell("hello", ActorRefs.NoSender);
        sim.Settle();

        // Its name is free for the second attempt: the first one's child has gone.
        var order = seen.Messages.ToList();
        Assert.Equal(["end of child", "hello", "start child of 1", "start child of 2"], order.Cast<string>().Order(StringComparer.Ordinal));
        Assert.True(order.IndexOf("start child of 1") < order.IndexOf("end of child") && order.IndexOf("end of child") < order.IndexOf("start child of 2"));
    });

    [Fact]
    public void in_PreRestart_is_logged_and_the_restart_goes_on() => Simulation.Explore(Seeds, sim =>
    {
        var (seen, errors) = (sim.Probe(), sim.Probe());
        sim.System.EventStream.Subscribe<Error>(errors.Ref);
        var boss = sim.System.ActorOf(Props.Create(() => new Boss(_ => Directive.Restart, () => new Worker(seen.Ref) { FailsInPreRestart = true })));
        Tell(boss, "fail", "hello");
        sim.Settle();

        Assert.Equal(["start", "restart after fail", "start", "hello"], seen.Messages);
        Assert.Contains(errors.Messages.OfType<Error>(), error => error.ToString().Contains("Exception in PreRestart of akka://", StringComparison.Ordinal) && error.Cause!.Message == "in PreRestart");
    });

    [Fact]
    public void in_PostRestart_is_one_more_for_the_supervisor_with_its_reason() => Simulation.Explore(Seeds, sim =>
    {
        var (seen, causes) = (sim.Probe(), new List<Exception>());
        var boss = sim.System.ActorOf(Props.Create(() => new Boss(
            cause =>
            {
                causes.Add(cause);
                return cause is PostRestartException ? Directive.Stop : Directive.Restart;
            },
            () => new Worker(seen.Ref) { FailsInPostRestart = true })));
        Tell(boss, "fail");
        sim.Settle();

        Assert.Equal("fail", causes[0].Message);
        var second = Assert.IsType<PostRestartException>(causes[1]);
        Assert.Equal(("fail", "in PostRestart"), (second.OriginalCause.Message, second.InnerException!.Message));
        Assert.Equal(2, causes.Count);
    });

    [Fact]
    public void of_a_strategy_is_its_supervisor_s() => Simulation.Explore(Seeds, sim =>
    {
        var (seen, causes) = (sim.Probe(), new List<Exception>());
        var top = sim.System.ActorOf(Props.Create(() => new Boss(
            cause =>
            {
                causes.Add(cause);
                return Directive.Resume;
            },
            () => new Boss(_ => throw new NotSupportedException("no opinion"), () => new Worker(seen.Ref)))));
        Tell(top, "fail", "hello");
        sim.Settle();

        Assert.IsType<NotSupportedException>(Assert.Single(causes));

        // The one whose failure nobody could judge goes on with its supervisor.
        Assert.Equal(["start", "hello"], seen.Messages);
    });

    [Fact]
    public void that_was_escalated_lets_all_go_on_when_it_is_resumed() => Simulation.Explore(Seeds, sim =>
    {
        var (one, other, judged) = (sim.Probe(), sim.Probe(), 0);
        var top = sim.System.ActorOf(Props.Create(() => new Boss(_ => ++judged > 0 ? Directive.Resume : Directive.Stop, () => new Boss(_ => Directive.Escalate, () => new Worker(one.Ref), () => new Worker(other.Ref)))));
        Tell(top, "fail first", "hello", "fail first", "hello again");
        sim.Settle();

        Assert.Equal(["start", "hello", "hello again"], one.Messages);
        Assert.Equal(["start", "hello", "hello again"], other.Messages);

        // The second failure is judged like the first: nothing of that one is left.
        Assert.Equal(2, judged);
    });

    [Fact]
    public void holds_up_what_is_below_until_it_is_judged() => Simulation.Explore(Seeds, sim =>
    {
        var order = new List<string>();
        var seen = sim.Probe();
        var top = sim.System.ActorOf(Props.Create(() => new Boss(
            cause =>
            {
                order.Add("judged");
                return Directive.Resume;
            },
            () => new Foreman(order))));
        sim.Settle();
        Tell(top, "work and fail");
        sim.Settle();

        Assert.Equal(["failing", "judged", "child", "grandchild"], order);
    });

    [Fact]
    public async Task while_the_actor_is_stopping_is_only_logged()
    {
        using var gate = new ManualResetEventSlim();
        var pending = new TaskCompletionSource();
        var judged = 0;
        var boss = System.ActorOf(Props.Create(() => new Boss(
            _ =>
            {
                judged++;
                return Directive.Restart;
            },
            () => new Slow(pending.Task, gate, Probe.Ref))));
        System.EventStream.Subscribe<Error>(Probe.Ref);
        Tell(boss, "wait");
        await Probe.Expect("waiting");
        Tell(boss, "stop first");
        await Probe.Expect("ending");

        // Its child has not ended yet, so neither has it; and now its own handler fails.
        pending.SetException(new InvalidOperationException("too late"));

        var error = await Probe.Expect<Error>();
        Assert.Equal("too late", error.Cause!.Message);
        Assert.Contains("stopping already", error.ToString(), StringComparison.Ordinal);
        gate.Set();
        await Processed(boss);
        Assert.Equal(0, judged);
    }

    private static void Tell(IActorRef actor, params string[] messages)
    {
        foreach (var message in messages)
            actor.Tell(message, ActorRefs.NoSender);
    }

    /// <summary>Passes messages to its children, or to the first alone, and thinks of their failures as it is told to.</summary>
    private sealed class Boss : ReceiveActor
    {
        private readonly Func<Exception, Directive> opinion;

        public Boss(Func<Exception, Directive> opinion, params Func<ActorBase>[] children)
        {
            this.opinion = opinion;
            IActorRef[] staff = [.. children.Select((make, i) => Context.ActorOf(Props.Create(make), $"child{i}"))];
            Receive<string>(text => text == "stop first", _ => Context.Stop(staff[0]));
            Receive<string>(text => text.EndsWith(" first", StringComparison.Ordinal) && staff.Length > 1, text => staff[0].Tell(text[..^6]));
            ReceiveAny(message => Array.ForEach(staff, child => child.Tell(message)));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(opinion);

        protected override void PreRestart(Exception reason, object? message)
        {
        }
    }

    private sealed class Stillborn : UntypedActor
    {
        public Stillborn(string how) => throw new NotSupportedException(how);

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Worker(IActorRef seen) : UntypedActor
    {
        public bool FailsInPreRestart { get; init; }

        public bool FailsInPostRestart { get; init; }

        protected override void PreStart() => seen.Tell("start");

        protected override void PreRestart(Exception reason, object? message)
        {
            seen.Tell($"restart after {message}");
            if (FailsInPreRestart)
                throw new InvalidOperationException("in PreRestart");
        }

        protected override void PostRestart(Exception reason)
        {
            if (FailsInPostRestart)
                throw new InvalidOperationException("in PostRestart");
            base.PostRestart(reason);
        }

        protected override void OnReceive(object message)
        {
            if (message is string text && text.StartsWith("fail", StringComparison.Ordinal))
                throw new InvalidOperationException("fail");
            seen.Tell(message);
        }
    }

    private sealed class HalfMade : UntypedActor
    {
        private readonly IActorRef seen;

        public HalfMade(int attempt, IActorRef seen)
        {
            this.seen = seen;
            Context.ActorOf(Props.Create(() => new Named(seen, $"child of {attempt}")), "child");
            if (attempt == 1)
                throw new InvalidOperationException("half way");
        }

        protected override void OnReceive(object message) => seen.Tell(message);
    }

    private sealed class Named(IActorRef seen, string name) : UntypedActor
    {
        protected override void PreStart() => seen.Tell($"start {name}");

        protected override void PostStop() => seen.Tell($"end of {Self.Path.Name}");

        protected override void OnReceive(object message)
        {
        }
    }

    /// <summary>Gives work to a child and a grandchild, and fails before they can begin with it.</summary>
    private sealed class Foreman(List<string> order) : UntypedActor
    {
        private readonly IActorRef child = Context.ActorOf(Props.Create(() => new Middle(order)));

        protected override void OnReceive(object message)
        {
            order.Add("failing");
            child.Tell("work");
            throw new InvalidOperationException("fail");
        }
    }

    private sealed class Middle(List<string> order) : UntypedActor
    {
        private readonly IActorRef child = Context.ActorOf(Props.Create(() => new Last(order)));

        protected override void OnReceive(object message)
        {
            order.Add("child");
            child.Tell(message);
        }
    }

    private sealed class Last(List<string> order) : UntypedActor
    {
        protected override void OnReceive(object message) => order.Add("grandchild");
    }

    private sealed class Slow : ReceiveActor
    {
        public Slow(Task pending, ManualResetEventSlim gate, IActorRef seen)
        {
            Context.ActorOf(Props.Create(() => new Lasting(gate, seen)));
            ReceiveAsync<string>(async _ =>
            {
                seen.Tell("waiting");
                await pending;
            });
        }
    }

    /// <summary>Keeps its parent from ending until its own end is allowed.</summary>
    private sealed class Lasting(ManualResetEventSlim gate, IActorRef seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            seen.Tell("ending");
            gate.Wait(Patience);
        }
    }
}
