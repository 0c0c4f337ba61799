namespace Trigger.Cluster.Sharding;

/// <summary>One shard of a space.</summary>
public readonly record struct ShardId(string Space, int Number)
{
    public override string ToString() => $"{Space}/{Number}";
}
