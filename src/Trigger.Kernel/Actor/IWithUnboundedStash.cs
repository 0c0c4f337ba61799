namespace Trigger.Kernel.Actor;

public interface IWithUnboundedStash : IWithStash;
