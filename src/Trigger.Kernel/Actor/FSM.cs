using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor;

/// <summary>
/// A state machine: states are declared with <see cref="When(TState, StateFunction, TimeSpan?)"/>, the first with
/// <see cref="StartWith"/>, and <see cref="Initialize"/> is the last line of the constructor.
/// <para>As in Akka.NET, a transition to a state nobody declared is logged as an error and OnTermination is called with a
/// <see cref="FSMBase.Failure"/>, but the actor is not stopped: it stays where it was and goes on answering.</para>
/// </summary>
public abstract class FSM<TState, TData> : FSMBase
    where TState : notnull
{
    private readonly Dictionary<TState, StateHandlers> _states = [];
    private List<TransitionHandler>? _onTransition;
    private List<IActorRef>? _listeners;
    private Action<StopEvent<TState, TData>>? _onTermination;
    private StateFunction? _whenUnhandled;
    private State<TState, TData>? _current;
    private StateHandlers? _currentHandlers;
    private State<TState, TData>? _next;
    private LazyDeadline? _deadline;
    private ILoggingAdapter? _log;
    private int _generation;
    private bool _hasStateTimeout;

    /// <returns>The state to be in, or null when the event is not expected here.</returns>
    public delegate State<TState, TData>? StateFunction(Event<TData> fsmEvent);

    public delegate void TransitionHandler(TState initialState, TState nextState);

    public TState StateName => Current.StateName;

    /// <summary>During a transition still the old data.</summary>
    public TData StateData => Current.StateData;

    /// <exception cref="InvalidOperationException">Asked for outside of OnTransition.</exception>
    public TData NextStateData =>
        _next is { } next ? next.StateData : throw new InvalidOperationException("NextStateData is only available during OnTransition.");

    protected ILoggingAdapter Log => _log ??= Cell.GetLogger();

    protected internal bool IsStateTimerActive => _hasStateTimeout;

    private State<TState, TData> Current => _current ?? throw new InvalidOperationException("You must call StartWith before calling Initialize or using the state.");

    /// <summary>Declares how a state meets events. Declared twice, the functions are asked in turn until one answers.</summary>
    /// <param name="timeout">How long the state may be idle before it gets <see cref="FSMBase.StateTimeout"/>.</param>
    public void When(TState stateName, StateFunction func, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(func);
        if (!_states.TryGetValue(stateName, out var handlers))
            _states.Add(stateName, handlers = new StateHandlers());
        handlers.Functions = [.. handlers.Functions, func];
        handlers.Timeout = timeout ?? handlers.Timeout;
    }

    public void StartWith(TState stateName, TData stateData, TimeSpan? timeout = null) => _current = new State<TState, TData>(stateName, stateData, timeout);

    public State<TState, TData> GoTo(TState nextStateName) => GoTo(nextStateName, Current.StateData);

    public State<TState, TData> GoTo(TState nextStateName, TData stateData) => new(nextStateName, stateData, extras: null, notifies: true);

    /// <summary>Stays, without calling OnTransition and without telling subscribers.</summary>
    public State<TState, TData> Stay() => new(Current.StateName, Current.StateData, extras: null, notifies: false);

    public State<TState, TData> Stop() => Stop(Normal.Instance);

    public State<TState, TData> Stop(Reason reason) => Stop(reason, Current.StateData);

    public State<TState, TData> Stop(Reason reason, TData stateData) => Stay().Using(stateData).WithStopReason(reason);

    /// <summary>Lets a function's answer pass through another.</summary>
    public TransformHelper Transform(StateFunction func) => new(func);

    /// <summary>Sends this actor a message later. A timer of the same name is replaced, and nothing of it arrives any more.</summary>
    public void SetTimer(string name, object msg, TimeSpan timeout, bool repeat = false)
    {
        if (repeat)
            Cell.Timers.StartPeriodicTimer(new TimerName(name), msg, timeout);
        else
            Cell.Timers.StartSingleTimer(new TimerName(name), msg, timeout);
    }

    public void CancelTimer(string name) => Cell.TimersIfAny?.Cancel(new TimerName(name));

    /// <summary>False while the tick of a single timer is handled.</summary>
    public bool IsTimerActive(string name) => Cell.TimersIfAny?.IsTimerActive(new TimerName(name)) ?? false;

    /// <summary>Changes the idle time of a state from its next entry on; null takes it away.</summary>
    public void SetStateTimeout(TState state, TimeSpan? timeout)
    {
        if (!_states.TryGetValue(state, out var handlers))
            throw new ArgumentException($"State {state} has not been declared with When.", nameof(state));
        handlers.Timeout = timeout;
    }

    /// <summary>Handlers are called in the order they were given, before the state is switched.</summary>
    public void OnTransition(TransitionHandler transitionHandler) => (_onTransition ??= []).Add(transitionHandler);

    /// <summary>Called exactly once, when the machine ends for whatever reason; also before a restart.</summary>
    public void OnTermination(Action<StopEvent<TState, TData>> terminationHandler) => _onTermination = terminationHandler;

    /// <summary>Asked when no function of the state answered. Without it the event is logged as a warning and the machine stays.</summary>
    public void WhenUnhandled(StateFunction stateFunction) => _whenUnhandled = stateFunction;

    /// <summary>Enters the first state: OnTransition is called with it as both sides, and its timeout begins.</summary>
    public void Initialize() => MakeTransition(Current);

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case StateTimeoutMarker marker:
                // Something was processed after it was sent; the silence it speaks of was broken.
                if (marker.Generation == _generation && _hasStateTimeout)
                    Process(StateTimeout.Instance);
                break;
            case SubscribeTransitionCallBack subscribe:
                Subscribe(subscribe.ActorRef);
                break;
            case UnsubscribeTransitionCallBack unsubscribe:
                if (_listeners is not null && _listeners.Remove(unsubscribe.ActorRef))
                    Cell.Unwatch(unsubscribe.ActorRef);
                break;
            case Terminated terminated when _listeners is not null && _listeners.Remove(terminated.ActorRef):
                break;
            default:
                Process(message);
                break;
        }

        return true;
    }

    protected override void PostStop()
    {
        if (_current is not null)
            Terminate(Stay().WithStopReason(Shutdown.Instance));
        base.PostStop();
    }

    /// <summary>As if an event had been answered with this state.</summary>
    internal void Apply(State<TState, TData> next) => MakeTransition(next);

    internal bool Declares(TState state) => _states.ContainsKey(state);

    private void Subscribe(IActorRef listener)
    {
        _listeners ??= [];
        if (!_listeners.Contains(listener))
        {
            _listeners.Add(listener);
            Cell.Watch(listener);
        }

        listener.Tell(new CurrentState<TState>(Self, Current.StateName), Self);
    }

    private void Process(object message)
    {
        _generation++;
        _hasStateTimeout = false;
        var happened = new Event<TData>(message, Current.StateData);
        MakeTransition(Answer(happened));
    }

    private State<TState, TData> Answer(Event<TData> happened)
    {
        if (_currentHandlers is { } handlers)
        {
            foreach (var function in handlers.Functions)
            {
                if (function(happened) is { } next)
                    return next;
            }
        }

        if (_whenUnhandled?.Invoke(happened) is { } answer)
            return answer;

        Log.Warning("Unhandled event {0} in state {1}", happened.FsmEvent, StateName);
        return Stay();
    }

    private void MakeTransition(State<TState, TData> next)
    {
        if (next.HasExtras)
        {
            foreach (var reply in next.Replies)
                Sender.Tell(reply, Self);

            if (next.StopReason is not null)
            {
                Terminate(next);
                Cell.Stop(Self);
                return;
            }
        }

        // Staying, which is what most events lead to, needs no look at the table.
        var handlers = next.Notifies ? null : _currentHandlers;
        if (handlers is null && !_states.TryGetValue(next.StateName, out handlers))
        {
            Terminate(Stay().WithStopReason(new Failure($"Next state {next.StateName} does not exist")));
            return;
        }

        if (next.Notifies)
            Announce(next);

        _current = next;
        _currentHandlers = handlers;
        ArmTimeout(next.Timeout ?? handlers.Timeout);
    }

    private void Announce(State<TState, TData> next)
    {
        if (_onTransition is null && _listeners is null)
            return;

        var from = Current.StateName;
        _next = next;
        foreach (var handler in _onTransition ?? [])
            handler(from, next.StateName);
        foreach (var listener in _listeners ?? [])
            listener.Tell(new Transition<TState>(Self, from, next.StateName), Self);
        _next = null;
    }

    private void ArmTimeout(TimeSpan? timeout)
    {
        if (timeout is not { } idle || idle == TimeSpan.MaxValue || idle < TimeSpan.Zero)
        {
            _deadline?.Clear();
            return;
        }

        _hasStateTimeout = true;
        _deadline ??= new LazyDeadline(Cell, () => Self.Tell(new StateTimeoutMarker(_generation), Self));
        _deadline.Set(idle);
    }

    private void Terminate(State<TState, TData> last)
    {
        if (Current.StopReason is not null)
            return;

        var reason = last.StopReason!;
        if (reason is Failure failure)
            Log.Error(failure.Cause as Exception, "Terminating {0} in state {1} because of {2}", Self.Path, Current.StateName, failure.Cause);

        Cell.TimersIfAny?.CancelAll();
        _deadline?.Clear();
        _hasStateTimeout = false;
        _current = last;
        _onTermination?.Invoke(new StopEvent<TState, TData>(reason, last.StateName, last.StateData));
    }

    public sealed class TransformHelper
    {
        private readonly StateFunction _func;

        internal TransformHelper(StateFunction func) => _func = func;

        public StateFunction Using(Func<State<TState, TData>, State<TState, TData>> andThen) =>
            fsmEvent => _func(fsmEvent) is { } state ? andThen(state) : null;
    }

    private sealed class StateHandlers
    {
        internal StateFunction[] Functions { get; set; } = [];

        internal TimeSpan? Timeout { get; set; }
    }

    private sealed record StateTimeoutMarker(int Generation);
}
