namespace Trigger.Kernel.Actor;

/// <summary>A stash that holds as many messages as <see cref="Props.WithStashCapacity"/> says, 1000 when it says nothing.</summary>
public interface IWithBoundedStash : IActorStash;
