using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <summary>A <see cref="TestActorRef{TActor}"/> of a state machine, whose state a test can read, and set as if the machine had gone there by itself.</summary>
public class TestFSMRef<TActor, TState, TData> : TestActorRefBase<TActor>
    where TActor : FSM<TState, TData>
    where TState : notnull
{
    public TestFSMRef(ActorSystem system, Props props, IActorRef? supervisor = null, string? name = null)
        : base(system, props, supervisor, name)
    {
    }

    public TState StateName => UnderlyingActor.StateName;

    public TData StateData => UnderlyingActor.StateData;

    /// <summary>Enters the state again, with other data.</summary>
    public void SetStateData(TData stateData, TimeSpan? timeout = null) => SetState(StateName, stateData, timeout);

    /// <summary>Enters the state again, with this timeout.</summary>
    public void SetStateTimeout(TimeSpan timeout) => SetState(StateName, StateData, timeout);

    public void SetState(TState stateName, TimeSpan? timeout = null) => SetState(stateName, StateData, timeout);

    /// <summary>A transition as the machine's own: handlers and subscribers hear of it, and the state's timeout begins.</summary>
    /// <param name="stateName">One that was declared; the machine ends as it does when it goes to another.</param>
    /// <param name="stateData">The data it shall have there.</param>
    /// <param name="timeout">Null for the state's own.</param>
    /// <param name="stopReason">When given, the machine stops instead.</param>
    public void SetState(TState stateName, TData stateData, TimeSpan? timeout = null, FSMBase.Reason? stopReason = null)
    {
        var machine = UnderlyingActor;
        Inside(() => machine.Apply(new FSMBase.State<TState, TData>(stateName, stateData, timeout, stopReason)));
    }

    public void SetTimer(string name, object msg, TimeSpan timeout, bool repeat = false)
    {
        var machine = UnderlyingActor;
        Inside(() => machine.SetTimer(name, msg, timeout, repeat));
    }

    public void CancelTimer(string name) => UnderlyingActor.CancelTimer(name);

    public bool IsTimerActive(string name) => UnderlyingActor.IsTimerActive(name);

    public bool IsStateTimerActive() => UnderlyingActor.IsStateTimerActive;
}
