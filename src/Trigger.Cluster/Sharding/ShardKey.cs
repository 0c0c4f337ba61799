using System.Text;

namespace Trigger.Cluster.Sharding;

/// <summary>Which shard a key belongs to. The same on every node and in every version, because the answer decides who may touch a device.</summary>
public static class ShardKey
{
    /// <param name="key">Compared as bytes of UTF-8: the caller folds case where case does not matter.</param>
    /// <param name="shards">The number of shards of the space.</param>
    public static int Number(string key, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);

        // FNV-1a of 64 bits, and then a final mixing (from MurmurHash3), as its low bits alone follow the last character too closely.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        return (int)(hash % (ulong)shards);
    }
}
