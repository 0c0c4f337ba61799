namespace Trigger.Storage;

/// <summary>What a writer must still own for its writing to count: a shard, under the epoch it was given when it took it.</summary>
public readonly record struct ShardFence(string Space, int Number, long Epoch)
{
    public override string ToString() => $"{Space}/{Number} of epoch {Epoch}";
}
