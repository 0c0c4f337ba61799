using System.Globalization;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Pattern;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

/// <summary>Small promises that nobody notices until they are broken.</summary>
public sealed class What_an_actor_is_owed : KernelSpec
{
    [Fact]
    public async Task is_to_be_given_back_to_its_maker_when_it_is_replaced_and_when_it_ends()
    {
        var maker = new Maker(Probe);
        var actor = System.ActorOf(Props.CreateBy(maker));

        actor.Tell("fail");
        await Probe.Expect("released 1");
        actor.Tell(PoisonPill.Instance);
        await Probe.Expect("released 2");
    }

    [Fact]
    public async Task is_a_word_in_the_log_about_a_failure_at_its_very_end()
    {
        System.EventStream.Subscribe<Error>(Probe.Ref);
        var actor = System.ActorOf(Props.Create(() => new Reluctant()), "reluctant");

        actor.Tell(PoisonPill.Instance);

        var error = await Probe.Expect<Error>();
        Assert.Contains("/user/reluctant", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("I will not.", error.Cause!.Message);
    }

    [Fact]
    public async Task is_to_be_the_sender_of_what_it_pipes()
    {
        var target = Spawn((self, message) => Probe.Ref.Tell((message, self.From.Path.Name)));
        var piping = Spawn((_, _) => Task.FromResult("typed").PipeTo(target), "piping");
        var plain = Spawn((_, _) => Task.CompletedTask.PipeTo(target, success: () => "plain"), "plain");

        piping.Tell("go");
        await Probe.Expect(((object)"typed", "piping"));
        plain.Tell("go");
        await Probe.Expect(((object)"plain", "plain"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task is_as_many_new_beginnings_as_were_granted(int granted)
    {
        var child = Script((self, _) => self.Place.Stop(self.Me), Probe);
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(child, "child", Second, Second, 0.0, granted).WithManualReset()));
        Probe.Watch(supervisor);

        for (var begun = 0; begun <= granted; begun++)
        {
            await Probe.Expect("child.PreStart");
            supervisor.Tell("stop");
            await Probe.Expect("child.PostStop");
            if (begun < granted)
            {
                while ((await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, TestContext.Current.CancellationToken)).Count <= begun)
                {
                }

                Clock.Advance(Second);
            }
        }

        await Probe.Expect<Terminated>();
    }

    [Fact]
    public async Task is_to_hear_what_it_listens_for_until_it_is_deaf()
    {
        var hub = System.ActorOf(Props.Create(() => new Hub()));
        hub.Tell(new Listen(Probe.Ref));
        hub.Tell("one");
        await Probe.Expect("one");
        hub.Tell(new WithListeners(listener => listener.Tell("two")));
        await Probe.Expect("two");
        hub.Tell(new Deafen(Probe.Ref));
        hub.Tell("three");
        await Processed(hub);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task is_its_handler_by_type_only_when_the_handler_wants_the_message()
    {
        var actor = System.ActorOf(Props.Create(() => new Choosy(Probe)));

        actor.Tell(1);
        await Probe.Expect("small 1");
        actor.Tell(10);
        await Probe.Expect("other 10");
        actor.Tell("text");
        await Probe.Expect("other text");
    }

    [Fact]
    public async Task are_its_timers_though_most_of_those_around_them_were_cancelled()
    {
        var cancelled = new List<Cancelable>();
        for (var i = 0; i < 20_000; i++)
        {
            var cancelable = new Cancelable(System.Scheduler);
            System.Scheduler.ScheduleTellOnce((1 + (i % 7)) * Second, Probe.Ref, $"{i}", ActorRefs.NoSender, cancelable);
            if (i % 1000 != 0)
                cancelled.Add(cancelable);
        }

        foreach (var cancelable in cancelled)
            cancelable.Cancel();
        for (var second = 0; second < 7; second++)
            Clock.Advance(Second);

        var heard = new List<int>();
        for (var i = 0; i < 20; i++)
            heard.Add(int.Parse(await Probe.Expect<string>(), CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 1000), heard.Order());
        await Probe.ExpectNothingBefore("marker");
    }

    private sealed class Maker(Probe probe) : IIndirectActorProducer
    {
        private int released;

        public Type ActorType => typeof(Scripted);

        public ActorBase Produce() => new Scripted((_, _) => Fail("asked to"));

        public void Release(ActorBase actor) => probe.Ref.Tell($"released {++released}");
    }

    private sealed class Reluctant : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => Fail("I will not.");
    }

    private sealed class Hub : ActorBase
    {
        private readonly ListenerSupport listeners = new();

        protected override bool Receive(object message)
        {
            if (!listeners.ListenerReceive(message) && message is string text)
                listeners.Gossip(text);
            return true;
        }
    }

    private sealed class Choosy : ReceiveActor
    {
        public Choosy(Probe probe)
        {
            // As those who learn the type only when they run.
            var (number, anything) = (1.GetType(), new object().GetType());
            Receive(number, small => probe.Ref.Tell($"small {small}"), small => (int)small < 5);
            Receive(anything, other => probe.Ref.Tell($"other {other}"), _ => true);
            Receive(anything, _ => probe.Ref.Tell("never"));
        }
    }
}
