using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Kernel;

public sealed class A_state_deadline : KernelSpec
{
    public enum Light
    {
        Red,
        Green,
        Broken,
    }

    [Fact]
    public async Task ends_a_state_at_its_limit_and_not_a_tick_before_however_busy_it_is()
    {
        var light = System.ActorOf(Props.Create(() => new Lights(Probe.Ref, null)));
        light.Tell("go");
        await Probe.Expect("Red>Red", "Red>Green");
        for (var i = 0; i < 9; i++)
        {
            Clock.Advance(Second);
            light.Tell("stay");
            await Processed(light);
        }

        Clock.Advance(Second - TimeSpan.FromTicks(1));
        await Processed(light);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));

        await Probe.Expect("Green is over", "Green>Red");
    }

    [Fact]
    public async Task begins_anew_when_the_state_is_entered_again()
    {
        var light = System.ActorOf(Props.Create(() => new Lights(Probe.Ref, null)));
        light.Tell("go");
        await Probe.Expect("Red>Red", "Red>Green");
        Clock.Advance(6 * Second);
        light.Tell("go");
        await Probe.Expect("Green>Green");
        Clock.Advance(6 * Second);
        await Processed(light);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(4 * Second);

        await Probe.Expect("Green is over", "Green>Red");
    }

    [Fact]
    public async Task is_nobodys_once_the_state_was_left()
    {
        var light = System.ActorOf(Props.Create(() => new Lights(Probe.Ref, null)));
        light.Tell("go");
        light.Tell("halt");
        await Probe.Expect("Red>Red", "Red>Green", "Green>Red");
        Clock.Advance(20 * Second);
        await Processed(light);

        await Probe.ExpectNothingBefore("marker");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task is_no_reason_to_begin_with_states_that_nobody_declared(bool allOfThem)
    {
        var light = System.ActorOf(Props.Create(() => new Lights(Probe.Ref, allOfThem ? Array.Empty<Light>() : new[] { Light.Red, Light.Green })));
        Probe.Watch(light);

        if (allOfThem)
            Assert.Equal(light, (await Probe.Expect<Terminated>()).ActorRef);
        else
            await Probe.Expect("Red>Red");
    }

    private sealed class Lights : FSM<Light, int>
    {
        public Lights(IActorRef log, Light[]? verified)
        {
            StartWith(Light.Red, 0);
            When(Light.Red, happened => happened.FsmEvent switch
            {
                "go" => GoTo(Light.Green),
                _ => Stay(),
            });
            When(Light.Green, happened =>
            {
                switch (happened.FsmEvent)
                {
                    case StateDeadline<Light> over:
                        log.Tell($"{over.State} is over");
                        return GoTo(Light.Red);
                    case "halt":
                        return GoTo(Light.Red);
                    case "go":
                        return GoTo(Light.Green);
                    default:
                        return Stay();
                }
            });
            this.Deadline(Light.Green, 10 * Second);
            OnTransition((from, to) => log.Tell($"{from}>{to}"));
            if (verified is not null)
                this.VerifyStates(verified);
            Initialize();
        }
    }
}
