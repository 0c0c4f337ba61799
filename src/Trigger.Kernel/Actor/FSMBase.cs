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
        // Null for the many without replies: walking an empty list through its interface costs more than the rest of a transition.
        private readonly IReadOnlyList<object>? _replies;

        public State(TS stateName, TD stateData, TimeSpan? timeout = null, Reason? stopReason = null, IReadOnlyList<object>? replies = null, bool notifies = true)
        {
            StateName = stateName;
            StateData = stateData;
            Timeout = timeout;
            StopReason = stopReason;
            _replies = replies;
            Notifies = notifies;
        }

        public TS StateName { get; }

        public TD StateData { get; }

        /// <summary>The timeout of this one entry; null for the state's own.</summary>
        public TimeSpan? Timeout { get; }

        public Reason? StopReason { get; }

        /// <summary>In the order they will be sent.</summary>
        public IReadOnlyList<object> Replies => _replies ?? [];

        internal bool HasReplies => _replies is not null;

        internal bool Notifies { get; }

        /// <param name="timeout"><see cref="TimeSpan.MaxValue"/> switches the state's timeout off for this entry.</param>
        public State<TS, TD> ForMax(TimeSpan timeout) => new(StateName, StateData, timeout, StopReason, _replies, Notifies);

        /// <summary>Answers the sender of the message in progress when the transition is made.</summary>
        public State<TS, TD> Replying(object replyValue) => new(StateName, StateData, Timeout, StopReason, [.. Replies, replyValue], Notifies);

        public State<TS, TD> Using(TD nextStateData) => new(StateName, nextStateData, Timeout, StopReason, _replies, Notifies);

        public override string ToString() => $"{StateName}, {StateData}";

        internal State<TS, TD> WithStopReason(Reason reason) => new(StateName, StateData, Timeout, reason, _replies, Notifies);
    }

    /// <summary>The key under which a named timer lives among the actor's timers.</summary>
    private protected sealed record TimerName(string Name);
}
