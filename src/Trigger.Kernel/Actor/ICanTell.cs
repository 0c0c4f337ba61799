namespace Trigger.Kernel.Actor;

/// <summary>What a message can be sent to.</summary>
public interface ICanTell
{
    /// <summary>Sends and forgets. Never blocks, never throws but for a null message (<see cref="InvalidMessageException"/>).</summary>
    void Tell(object message, IActorRef? sender);
}
