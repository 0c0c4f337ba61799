namespace Trigger.Kernel.Actor;

/// <summary>Makes actors in a way of its own, as a container does.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    /// <summary>Here for implementors; this kernel keeps nothing that it would have to give back.</summary>
    void Release(ActorBase actor);
}
