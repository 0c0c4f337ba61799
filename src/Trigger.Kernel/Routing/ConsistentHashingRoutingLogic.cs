using System.Globalization;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Routing;

/// <summary>Equal keys to the same routee, as long as it is there. The key comes from the mapping or from the message; a message without one is lost with a warning.</summary>
public sealed class ConsistentHashingRoutingLogic : RoutingLogic
{
    private readonly ActorSystem _system;
    private readonly int _virtualNodesFactor;
    private readonly ConsistentHashMapping _mapping;
    private Ring? _ring;

    public ConsistentHashingRoutingLogic(ActorSystem system)
        : this(system, 0, static _ => null)
    {
    }

    /// <param name="virtualNodesFactor">0 for the system's setting.</param>
    public ConsistentHashingRoutingLogic(ActorSystem system, int virtualNodesFactor, ConsistentHashMapping hashMapping)
    {
        _system = system;
        _virtualNodesFactor = virtualNodesFactor == 0 ? system.Settings.DefaultVirtualNodesFactor : virtualNodesFactor;
        _mapping = hashMapping;
    }

    public ConsistentHashingRoutingLogic WithHashMapping(ConsistentHashMapping mapping) => new(_system, _virtualNodesFactor, mapping);

    public override Routee Select(object message, Routee[] routees)
    {
        if (routees.Length == 0)
            return Routee.NoRoutee;

        // An envelope's own key is asked for only when the mapping has none for what is inside.
        var key = _mapping(message is RouterEnvelope envelope and not IConsistentHashable ? envelope.Message : message)
            ?? (message as IConsistentHashable)?.ConsistentHashKey;
        if (key is null)
        {
            _system.Log.Warning(
                "Message [{0}] must implement [{1}], be wrapped in a [{2}], or have a mapping defined for it", message.GetType().Name, nameof(IConsistentHashable), nameof(ConsistentHashableEnvelope));
            return Routee.NoRoutee;
        }

        var hash = RingOf(routees);
        return key is byte[] bytes ? hash.NodeFor(bytes) : hash.NodeFor(key as string ?? Convert.ToString(key, CultureInfo.InvariantCulture) ?? "");
    }

    // The router makes a new array whenever its routees change, so the array itself says whether the ring still holds.
    private ConsistentHash<Routee> RingOf(Routee[] routees)
    {
        var ring = _ring;
        if (ring is null || !ReferenceEquals(ring.Routees, routees))
            _ring = ring = new Ring(routees, ConsistentHash.Create(routees, _virtualNodesFactor));
        return ring.Hash;
    }

    private sealed record Ring(Routee[] Routees, ConsistentHash<Routee> Hash);
}
