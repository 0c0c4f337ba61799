using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel.Semantics;

/// <summary>Notes whatever it gets, by a short name.</summary>
internal sealed class Letters(Trace trace) : UntypedActor
{
    protected override void OnReceive(object message) => trace.Add(message switch
    {
        UnhandledMessage unhandled => $"Unhandled({unhandled.Message})",
        AllDeadLetters letter => $"{letter.GetType().Name}({letter.Message}->{letter.Recipient.Path.Name})",
        Status.Failure failure => $"Failure({failure.Cause.GetType().Name})",
        FSMBase.CurrentState<string> current => $"Current({current.State})",
        FSMBase.Transition<string> transition => $"Tr({transition.From}->{transition.To})",
        Exception exception => $"ex:{exception.Message}",
        _ => message.ToString()!,
    });
}
