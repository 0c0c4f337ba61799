using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit.TestActors;

/// <summary>Takes everything and answers nothing.</summary>
public sealed class BlackHoleActor : ActorBase
{
    public static Props Props { get; } = Kernel.Actor.Props.Create(static () => new BlackHoleActor());

    protected override bool Receive(object message) => true;
}
