namespace Trigger.Kernel.Actor;

/// <summary>Makes actors in a way of its own, as a container does.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    /// <summary>The instance has stopped, or was replaced by another.</summary>
    void Release(ActorBase actor);
}
