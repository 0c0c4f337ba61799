namespace Trigger.Kernel.Routing;

/// <summary>A message that knows its key.</summary>
public interface IConsistentHashable
{
    object ConsistentHashKey { get; }
}
