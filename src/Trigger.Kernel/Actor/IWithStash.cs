namespace Trigger.Kernel.Actor;

public interface IWithStash : IActorStash;
