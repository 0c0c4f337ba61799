namespace Trigger.Storage;

/// <summary>The writer no longer owns what it wrote for; somebody else may. Nothing of this writing was kept.</summary>
public sealed class FencedException(IReadOnlyList<ShardFence> stale) : StorageException($"Shard {string.Join(", ", stale)} belongs to this node no longer. Nothing was written.")
{
    /// <summary>The fences that are down.</summary>
    public IReadOnlyList<ShardFence> Stale { get; } = stale;
}
