using Trigger.Kernel.Actor;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class State_machines : SemanticsSpec
{
    private const string Entered = "On1(A->A) data=0 next=0 ; On2(A->A)";
    private const string ToB = "On1(A->B) data=0 next=0 ; On2(A->B)";
    private const string BToB = "On1(B->B) data=0 next=0 ; On2(B->B)";

    [Fact]
    public void Going_to_the_same_state_is_a_transition_and_staying_is_not() =>
        Leaves($"{Entered} ; {ToB} ; {BToB} ; unhandled unknown", "goto B", "stay", "goto B", "unknown");

    [Fact]
    public void A_subscriber_hears_the_current_state_and_then_each_transition() => Gives(
        "Current(A) ; Tr(A->B) ; Tr(B->B)",
        (sim, trace) =>
        {
            var machine = Spawn(sim, () => new Machine(new Trace()));
            var ear = Spawn(sim, () => new Letters(trace));
            Tell(sim, machine, new FSMBase.SubscribeTransitionCallBack(ear), "goto B", "stay", "goto B");
            Tell(sim, machine, new FSMBase.UnsubscribeTransitionCallBack(ear), "goto A");
        });

    [Fact]
    public void A_state_timeout_begins_anew_with_every_message() => Gives(
        $"{Entered} ; On1(A->T) data=0 next=0 ; On2(A->T) ; |300 ms ; StateTimeout in T ; On1(T->A) data=0 next=0 ; On2(T->A)",
        (sim, trace) =>
        {
            var machine = Spawn(sim, () => new Machine(trace));
            Tell(sim, machine, "goto T");
            for (var i = 0; i < 5; i++)
            {
                sim.Run(Ms(60), unhurried: 0);
                Tell(sim, machine, "stay");
            }

            trace.Add("|300 ms");
            sim.Run(Ms(200), unhurried: 0);
        });

    [Fact]
    public void Staying_after_a_timeout_arms_it_again() => Gives(
        $"{Entered} ; On1(A->R) data=0 next=0 ; On2(A->R) ; StateTimeout in R ; StateTimeout in R ; StateTimeout in R",
        (sim, trace) =>
        {
            Tell(sim, Spawn(sim, () => new Machine(trace)), "goto R");
            sim.Run(Ms(380), unhurried: 0);
        });

    [Fact]
    public void A_limit_for_one_entry_overrides_the_states_own() => Gives(
        $"{Entered} ; On1(A->T) data=0 next=0 ; On2(A->T) ; StateTimeout in T ; On1(T->A) data=0 next=0 ; On2(T->A) ; |never ; On1(A->T) data=0 next=0 ; On2(A->T)",
        (sim, trace) =>
        {
            var machine = Spawn(sim, () => new Machine(trace));
            Tell(sim, machine, "goto T for 20 ms");
            sim.Run(Ms(60), unhurried: 0);
            trace.Add("|never");
            Tell(sim, machine, "goto T for ever");
            sim.Run(Ms(250), unhurried: 0);
        });

    [Fact]
    public void Replies_are_sent_in_the_order_they_were_written() => Gives(
        "r1 ; r2",
        (sim, trace) =>
        {
            var machine = Spawn(sim, () => new Machine(new Trace()));
            machine.Tell("reply", Spawn(sim, () => new Letters(trace)));
            sim.Settle();
        });

    [Fact]
    public void Stopping_ends_with_the_reason_normal() => Leaves($"{Entered} ; Term(Normal,A,0)", "stop");

    [Fact]
    public void Stopping_with_a_failure_ends_with_it() => Leaves($"{Entered} ; Term(Failure,A,0)", "stop with failure");

    [Fact]
    public void Being_stopped_ends_with_the_reason_shutdown() => Leaves($"{Entered} ; Term(Shutdown,A,0)", PoisonPill.Instance);

    [Fact]
    public void A_restart_ends_the_machine_and_begins_it_anew() =>
        Leaves($"{Entered} ; {ToB} ; Term(Shutdown,B,0) ; {Entered} ; in A data 0", "goto B", "fail", "where");

    [Fact]
    public void Going_to_a_state_that_is_not_declared_ends_nothing_but_calls_termination() =>
        Leaves($"{Entered} ; Term(Failure,A,0) ; in A data 0", "goto Z", "where");

    [Fact]
    public void A_transition_sees_old_and_new_data() => Leaves($"{Entered} ; On1(A->B) data=0 next=5 ; On2(A->B)", "goto B using 5");

    [Fact]
    public void A_named_timer_is_not_active_while_its_tick_is_handled_and_can_be_cancelled() => Gives(
        $"{Entered} ; tick active=False",
        (sim, trace) =>
        {
            var machine = Spawn(sim, () => new Machine(trace));
            Tell(sim, machine, "set timer");
            sim.Run(Ms(150));
            Tell(sim, machine, "set timer", "cancel timer");
            sim.Run(Ms(150));
        });

    private static void Leaves(string expected, params object[] messages) =>
        Gives(expected, (Simulation sim, Trace trace) => Tell(sim, Spawn(sim, () => new Machine(trace)), messages));

    private sealed class Machine : FSM<string, int>
    {
        private readonly Trace trace;

        public Machine(Trace trace)
        {
            this.trace = trace;
            StartWith("A", 0);
            When("A", Answer);
            When("B", Answer);
            When("T", Answer, Ms(100));
            When("R", Answer, Ms(100));
            WhenUnhandled(happened =>
            {
                trace.Add($"unhandled {happened.FsmEvent}");
                return Stay();
            });
            OnTransition((from, to) => trace.Add($"On1({from}->{to}) data={StateData} next={NextStateData}"));
            OnTransition((from, to) => trace.Add($"On2({from}->{to})"));
            OnTermination(end => trace.Add($"Term({end.Reason.GetType().Name},{end.TerminatedState},{end.StateData})"));
            Initialize();
        }

        private State<string, int>? Answer(Event<int> happened)
        {
            switch (happened.FsmEvent)
            {
                case "goto T for 20 ms":
                    return GoTo("T").ForMax(Ms(20));
                case "goto T for ever":
                    return GoTo("T").ForMax(TimeSpan.MaxValue);
                case "goto B using 5":
                    return GoTo("B").Using(5);
                case string text when text.StartsWith("goto ", StringComparison.Ordinal):
                    return GoTo(text["goto ".Length..]);
                case "stay":
                    return Stay();
                case "reply":
                    return Stay().Replying("r1").Replying("r2");
                case "stop":
                    return Stop();
                case "stop with failure":
                    return Stop(new Failure("why"));
                case "fail":
                    throw new InvalidOperationException("as told");
                case "where":
                    trace.Add($"in {StateName} data {happened.StateData}");
                    return Stay();
                case "set timer":
                    SetTimer("t", "tick", Ms(50));
                    return Stay();
                case "cancel timer":
                    CancelTimer("t");
                    return Stay();
                case "tick":
                    trace.Add($"tick active={IsTimerActive("t")}");
                    return Stay();
                case StateTimeout:
                    trace.Add($"StateTimeout in {StateName}");
                    return StateName == "R" ? Stay() : GoTo("A");
                default:
                    return null;
            }
        }
    }
}
