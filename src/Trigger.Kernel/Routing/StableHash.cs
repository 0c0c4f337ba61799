using System.Text;

namespace Trigger.Kernel.Routing;

/// <summary>A hash that is the same in every process, unlike <see cref="string.GetHashCode()"/>: FNV-1a, stirred once more so that near keys end far apart.</summary>
internal static class StableHash
{
    internal static int Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    internal static int Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619u;
        return Stir(hash);
    }

    /// <summary>The hash of the n-th virtual node.</summary>
    internal static int Of(int hash, int n) => Stir(((uint)hash * 31) + ((uint)n * 0x9E3779B9u));

    private static int Stir(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return (int)(hash ^ (hash >> 16));
    }
}
