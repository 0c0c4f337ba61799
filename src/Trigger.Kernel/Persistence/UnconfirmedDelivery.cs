using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence;

public sealed record UnconfirmedDelivery(long DeliveryId, ActorPath Destination, object Message);
