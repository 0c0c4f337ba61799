using Trigger.Kernel.Actor;

namespace Trigger.Tests.Kernel;

public sealed class A_state_machine : KernelSpec
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task announces_its_first_state_and_every_goto_but_no_stay()
    {
        await Tell("goto B", "stay", "goto B", "nonsense");

        await Probe.Expect("A>A 0/0", "A>B 0/0", "B>B 0/0", "unhandled nonsense");
    }

    [Fact]
    public async Task shows_old_and_new_data_in_a_transition()
    {
        await Tell("using5 B", "where");

        await Probe.Expect("A>A 0/0", "A>B 0/5", "B 5");
    }

    [Fact]
    public async Task tells_subscribers_where_it_is_and_where_it_goes()
    {
        var machine = Machine();
        await Probe.Expect("A>A 0/0");
        var listener = new Probe(System);
        machine.Tell(new FSMBase.SubscribeTransitionCallBack(listener.Ref));
        machine.Tell("goto B");

        Assert.Equal("A", (await listener.Expect<FSMBase.CurrentState<string>>()).State);
        var transition = await listener.Expect<FSMBase.Transition<string>>();
        Assert.Equal(("A", "B"), (transition.From, transition.To));

        machine.Tell(new FSMBase.UnsubscribeTransitionCallBack(listener.Ref));
        machine.Tell("goto A");
        await Processed(machine);
        await listener.ExpectNothingBefore("end");
    }

    [Fact]
    public async Task times_out_when_idle_at_the_limit_and_not_a_tick_before()
    {
        var machine = await Tell("goto T");
        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(Idle - Tick);
            machine.Tell("stay");
            await Processed(machine);
        }

        await Probe.Expect("A>A 0/0", "A>T 0/0");
        Clock.Advance(Idle - Tick);
        await Processed(machine);
        await Probe.ExpectNothingBefore("quiet");
        Clock.Advance(Tick);

        await Probe.Expect("timeout in T", "T>A 0/0");
    }

    [Fact]
    public async Task times_out_again_when_it_stays()
    {
        var machine = await Tell("goto T2");
        await Probe.Expect("A>A 0/0", "A>T2 0/0");
        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(Idle);
            await Probe.Expect("timeout in T2");
            await Processed(machine);
        }
    }

    [Fact]
    public async Task may_shorten_or_switch_off_the_timeout_of_one_entry()
    {
        var machine = await Tell("formax20 T");
        Clock.Advance(TimeSpan.FromMilliseconds(20));
        await Probe.Expect("A>A 0/0", "A>T 0/0", "timeout in T", "T>A 0/0");

        machine.Tell("forever T");
        await Probe.Expect("A>T 0/0");
        await Processed(machine);
        Clock.Advance(TimeSpan.FromDays(1));
        await Processed(machine);
        await Probe.ExpectNothingBefore("end");
    }

    [Fact]
    public async Task re_arms_its_timeout_without_a_new_timer_for_each_message()
    {
        var machine = await Tell("goto T");
        for (var i = 0; i < 100; i++)
            machine.Tell("stay");
        await Processed(machine);

        Assert.Equal(1, System.TimerQueue.Count);
    }

    [Fact]
    public async Task sends_replies_in_the_order_they_were_written()
    {
        var machine = Machine();
        var asker = new Probe(System);
        machine.Tell("reply12", asker.Ref);

        await asker.Expect("r1", "r2");
    }

    [Theory]
    [InlineData("stop", "Normal")]
    [InlineData("fail", "Failure")]
    public async Task ends_once_with_its_reason(string command, string reason)
    {
        var machine = Machine();
        Probe.Watch(machine);
        await Processed(Probe.Ref);
        machine.Tell(command);

        await Probe.Expect("A>A 0/0", $"end {reason} A 0");
        await Probe.Expect<Terminated>();
    }

    [Fact]
    public async Task stopped_from_outside_ends_by_shutdown()
    {
        System.Stop(await Tell());

        await Probe.Expect("A>A 0/0", "end Shutdown A 0");
    }

    [Fact]
    public async Task restarted_ends_and_begins_at_its_first_state()
    {
        await Tell("goto B", "throw", "where");

        await Probe.Expect("A>A 0/0", "A>B 0/0", "end Shutdown B 0", "A>A 0/0", "A 0");
    }

    [Fact]
    public async Task has_named_timers_that_are_over_when_they_tick()
    {
        var machine = await Tell("settimer");
        Clock.Advance(Idle);
        await Probe.Expect("A>A 0/0", "tick False");

        machine.Tell("settimer");
        machine.Tell("canceltimer");
        await Processed(machine);
        Clock.Advance(Idle);
        await Processed(machine);
        await Probe.ExpectNothingBefore("end");
    }

    private IActorRef Machine() => System.ActorOf(Props.Create(() => new Device(Probe.Ref)));

    private async Task<IActorRef> Tell(params string[] commands)
    {
        var machine = Machine();
        foreach (var command in commands)
            machine.Tell(command);
        await Processed(machine);
        return machine;
    }

    private sealed class Device : FSM<string, int>
    {
        private readonly IActorRef _log;

        public Device(IActorRef log)
        {
            _log = log;
            StartWith("A", 0);
            When("A", Meet);
            When("B", Meet);
            When("T", Meet, Idle);
            When("T2", Meet, Idle);
            WhenUnhandled(e =>
            {
                _log.Tell($"unhandled {e.FsmEvent}");
                return Stay();
            });
            OnTransition((from, to) => _log.Tell($"{from}>{to} {StateData}/{NextStateData}"));
            OnTermination(end => _log.Tell($"end {end.Reason.GetType().Name} {end.TerminatedState} {end.StateData}"));
            Initialize();
        }

        private State<string, int>? Meet(Event<int> e)
        {
            if (e.FsmEvent is StateTimeout)
            {
                _log.Tell($"timeout in {StateName}");
                return StateName == "T2" ? Stay() : GoTo("A");
            }

            switch (((string)e.FsmEvent).Split(' '))
            {
                case ["goto", var to]: return GoTo(to);
                case ["using5", var to]: return GoTo(to).Using(5);
                case ["formax20", var to]: return GoTo(to).ForMax(TimeSpan.FromMilliseconds(20));
                case ["forever", var to]: return GoTo(to).ForMax(TimeSpan.MaxValue);
                case ["stay"]: return Stay();
                case ["reply12"]: return Stay().Replying("r1").Replying("r2");
                case ["stop"]: return Stop();
                case ["fail"]: return Stop(new Failure("why"));
                case ["throw"]: throw new InvalidOperationException("x");
                case ["where"]:
                    _log.Tell($"{StateName} {StateData}");
                    return Stay();
                case ["settimer"]:
                    SetTimer("t", "tick", Idle);
                    return Stay();
                case ["canceltimer"]:
                    CancelTimer("t");
                    return Stay();
                case ["tick"]:
                    _log.Tell($"tick {IsTimerActive("t")}");
                    return Stay();
                default: return null;
            }
        }
    }
}
