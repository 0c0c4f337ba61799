namespace Trigger.Kernel.Actor;

/// <summary>The words of state machines.</summary>
public abstract class FSMBase : ActorBase
{
    private protected FSMBase()
    {
    }

    /// <summary>Why a machine ends.</summary>
    public abstract class Reason
    {
        private protected Reason()
        {
        }
    }

    /// <summary>It stopped itself.</summary>
    public sealed class Normal : Reason
    {
        public static readonly Normal Instance = new();

        private Normal()
        {
        }
    }

    /// <summary>It was stopped or restarted from outside.</summary>
    public sealed class Shutdown : Reason
    {
        public static readonly Shutdown Instance = new();

        private Shutdown()
        {
        }
    }

    public sealed class Failure : Reason
    {
        public Failure(object cause) => Cause = cause;

        public object Cause { get; }

        public override string ToString() => $"FSM.Failure <{Cause}>";
    }

    /// <summary>
    /// Nothing was processed for the time of the state. An idle timeout and no deadline: every processed message starts it anew.
    /// </summary>
    public sealed class StateTimeout
    {
        public static readonly StateTimeout Instance = new();

        private StateTimeout()
        {
        }
    }

    /// <summary>A message together with the data of the state that met it.</summary>
    public sealed class Event<TD>
    {
        public Event(object fsmEvent, TD stateData)
        {
            FsmEvent = fsmEvent;
            StateData = stateData;
        }

        public object FsmEvent { get; }

        public TD StateData { get; }

        public override string ToString() => $"Event: <{FsmEvent}>, StateData: <{StateData}>";
    }

    public sealed class StopEvent<TS, TD>
    {
        public StopEvent(Reason reason, TS terminatedState, TD stateData)
        {
            Reason = reason;
            TerminatedState = terminatedState;
            StateData = stateData;
        }

        public Reason Reason { get; }

        public TS TerminatedState { get; }

        public TD StateData { get; }
    }

    /// <summary>Told to a new subscriber, before any <see cref="Transition{TS}"/>.</summary>
    public sealed class CurrentState<TS>
    {
        public CurrentState(IActorRef fsmRef, TS state)
        {
            FsmRef = fsmRef;
            State = state;
        }

        public IActorRef FsmRef { get; }

        public TS State { get; }
    }

    public sealed class Transition<TS>
    {
        public Transition(IActorRef fsmRef, TS from, TS to)
        {
            FsmRef = fsmRef;
            From = from;
            To = to;
        }

        public IActorRef FsmRef { get; }

        public TS From { get; }

        public TS To { get; }

        public override string ToString() => $"Transition({From}, {To})";
    }

    public sealed class SubscribeTransitionCallBack
    {
        public SubscribeTransitionCallBack(IActorRef actorRef) => ActorRef = actorRef;

        public IActorRef ActorRef { get; }
    }

    public sealed class UnsubscribeTransitionCallBack
    {
        public UnsubscribeTransitionCallBack(IActorRef actorRef) => ActorRef = actorRef;

        public IActorRef ActorRef { get; }
    }

    /// <summary>What a machine is, or is about to be. Immutable; each method answers a changed copy.</summary>
    public sealed class State<TS, TD>
    {
        // One is made for every event and most have none of the rarer things, which therefore live apart.
        private readonly StateExtras? _extras;

        public State(TS stateName, TD stateData, TimeSpan? timeout = null, Reason? stopReason = null, IReadOnlyList<object>? replies = null, bool notifies = true)
            : this(stateName, stateData, timeout is null && stopReason is null && replies is null ? null : new StateExtras(timeout, stopReason, replies), notifies)
        {
        }

        internal State(TS stateName, TD stateData, StateExtras? extras, bool notifies)
        {
            StateName = stateName;
            StateData = stateData;
            _extras = extras;
            Notifies = notifies;
        }

        public TS StateName { get; }

        public TD StateData { get; }

        /// <summary>The timeout of this one entry; null for the state's own.</summary>
        public TimeSpan? Timeout => _extras?.Timeout;

        public Reason? StopReason => _extras?.StopReason;

        /// <summary>In the order they will be sent.</summary>
        public IReadOnlyList<object> Replies => _extras?.Replies ?? [];

        internal bool HasExtras => _extras is not null;

        internal bool Notifies { get; }

        /// <param name="timeout"><see cref="TimeSpan.MaxValue"/> switches the state's timeout off for this entry.</param>
        public State<TS, TD> ForMax(TimeSpan timeout) => new(StateName, StateData, new StateExtras(timeout, StopReason, _extras?.Replies), Notifies);

        /// <summary>Answers the sender of the message in progress when the transition is made.</summary>
        public State<TS, TD> Replying(object replyValue) => new(StateName, StateData, new StateExtras(Timeout, StopReason, [.. Replies, replyValue]), Notifies);

        public State<TS, TD> Using(TD nextStateData) => new(StateName, nextStateData, _extras, Notifies);

        public override string ToString() => $"{StateName}, {StateData}";

        internal State<TS, TD> WithStopReason(Reason reason) => new(StateName, StateData, new StateExtras(Timeout, reason, _extras?.Replies), Notifies);
    }

    internal sealed record StateExtras(TimeSpan? Timeout, Reason? StopReason, IReadOnlyList<object>? Replies);

    /// <summary>The key under which a named timer lives among the actor's timers.</summary>
    private protected sealed record TimerName(string Name);
}
