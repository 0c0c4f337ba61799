using Trigger.Kernel.Actor;
using Trigger.Lab.TestKit;
using Trigger.Lab.TestKit.Configs;

namespace Trigger.Tests.Lab.TestKit;

public sealed class A_test_fsm_ref() : Trigger.Lab.TestKit.TestKit(TestConfigs.TestSchedulerConfig)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void shows_the_state_and_its_data()
    {
        var door = ActorOfAsTestFSMRef<Door, string, int>();
        Assert.Equal(("closed", 0), (door.StateName, door.StateData));

        door.Tell("push");

        Assert.Equal(("open", 1), (door.StateName, door.StateData));
        Assert.Equal(["closed > closed", "closed > open"], door.UnderlyingActor.Ways);
    }

    [Fact]
    public void goes_where_it_is_put_as_if_by_itself()
    {
        var door = ActorOfAsTestFSMRef<Door, string, int>(() => new Door(), "door");

        door.SetState("open");
        Assert.Equal(("open", 0), (door.StateName, door.StateData));
        door.SetStateData(7);
        Assert.Equal(("open", 7), (door.StateName, door.StateData));
        door.SetState("closed", 8);

        Assert.Equal(["closed > closed", "closed > open", "open > open", "open > closed"], door.UnderlyingActor.Ways);
        door.Receive("push");
        Assert.Equal(("open", 9), (door.StateName, door.StateData));
    }

    [Fact]
    public void has_the_timeout_of_its_state_or_the_one_it_is_given()
    {
        var door = ActorOfAsTestFSMRef<Door, string, int>(Props.Create<Door>(), "timed");
        Assert.False(door.IsStateTimerActive());

        door.SetState("open");
        Assert.True(door.IsStateTimerActive());
        Time.Advance(10 * Second);
        Assert.Equal("closed", door.StateName);

        door.SetState("open", 2 * Second);
        Time.Advance(2 * Second - TimeSpan.FromTicks(1));
        Assert.Equal("open", door.StateName);
        Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("closed", door.StateName);

        door.SetStateTimeout(Second);
        Assert.True(door.IsStateTimerActive());
    }

    [Fact]
    public void keeps_timers_for_its_machine()
    {
        var door = ActorOfAsTestFSMRef<Door, string, int>();

        Assert.False(door.IsTimerActive("knock"));
        door.SetTimer("knock", "push", Second);
        Assert.True(door.IsTimerActive("knock"));
        Time.Advance(Second);
        Assert.Equal("open", door.StateName);
        Assert.False(door.IsTimerActive("knock"));

        door.SetTimer("count", "count", Second, repeat: true);
        Time.Advance(3 * Second);
        Assert.Equal(4, door.StateData);
        door.CancelTimer("count");
        Assert.False(door.IsTimerActive("count"));
    }

    [Fact]
    public void stops_with_the_reason_it_is_given()
    {
        var door = Watch(ActorOfAsTestFSMRef<Door, string, int>("last"));

        ((TestFSMRef<Door, string, int>)door).SetState("open", 3, stopReason: FSMBase.Normal.Instance);

        ExpectTerminated(door, TimeSpan.FromSeconds(60));
    }

    private sealed class Door : FSM<string, int>
    {
        public Door()
        {
            StartWith("closed", 0);
            When("closed", push => push.FsmEvent is "push" ? GoTo("open").Using(push.StateData + 1) : null);
            When("open", happened => happened.FsmEvent switch
            {
                "count" => Stay().Using(happened.StateData + 1),
                StateTimeout => GoTo("closed"),
                _ => null,
            }, 10 * Second);
            OnTransition((from, to) => Ways.Add($"{from} > {to}"));
            Initialize();
        }

        public List<string> Ways { get; } = [];
    }
}
