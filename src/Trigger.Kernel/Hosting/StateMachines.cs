using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Hosting;

/// <summary>What state machines have here beyond Akka.NET's.</summary>
public static class StateMachines
{
    /// <summary>
    /// Limits how long the machine may be in a state at all. <see cref="FSMBase.StateTimeout"/> is no such limit, though it sounds like one: any message starts
    /// it anew. The deadline begins when the state is entered, also by a GoTo from itself, and staying does not move it. To be called before Initialize.
    /// </summary>
    public static void Deadline<TState, TData>(this FSM<TState, TData> machine, TState state, TimeSpan limit)
        where TState : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        var timer = $"deadline of {state}";
        machine.OnTransition((from, to) =>
        {
            if (to.Equals(state))
                machine.SetTimer(timer, new StateDeadline<TState>(state), limit);
            else if (from.Equals(state))
                machine.CancelTimer(timer);
        });
    }

    /// <summary>
    /// Refuses, as the actor is made, a machine that could go where nothing was declared. To be called after the last When; without it such a machine
    /// ends when it gets there.
    /// </summary>
    /// <param name="targets">The states it may go to; none for all values of an enumeration.</param>
    /// <exception cref="InvalidOperationException">Some were not declared; the message names them.</exception>
    public static void VerifyStates<TState, TData>(this FSM<TState, TData> machine, params TState[] targets)
        where TState : notnull
    {
        if (targets.Length == 0 && typeof(TState).IsEnum)
            targets = [.. Enum.GetValuesAsUnderlyingType(typeof(TState)).Cast<object>().Select(value => (TState)Enum.ToObject(typeof(TState), value))];

        var undeclared = targets.Where(state => !machine.Declares(state)).ToArray();
        if (undeclared.Length > 0)
            throw new InvalidOperationException($"{machine.GetType().Name} declares nothing with When for: {string.Join(", ", undeclared)}.");
    }
}
