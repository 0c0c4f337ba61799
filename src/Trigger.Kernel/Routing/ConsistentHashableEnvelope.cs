namespace Trigger.Kernel.Routing;

/// <summary>A message with a key.</summary>
public sealed class ConsistentHashableEnvelope : RouterEnvelope, IConsistentHashable
{
    public ConsistentHashableEnvelope(object message, object hashKey)
        : base(message) => HashKey = hashKey;

    public object HashKey { get; }

    public object ConsistentHashKey => HashKey;
}
