using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <inheritdoc cref="TestActorRefBase{TActor}"/>
public class TestActorRef<TActor> : TestActorRefBase<TActor>
    where TActor : ActorBase
{
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
        : base(system, actorProps, supervisor, name)
    {
    }
}
