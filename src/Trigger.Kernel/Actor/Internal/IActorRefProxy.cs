namespace Trigger.Kernel.Actor.Internal;

/// <summary>Something that is a reference to users but stands for another, as a test probe does for its actor.</summary>
internal interface IActorRefProxy
{
    IActorRef Actor { get; }
}
