namespace Trigger.Kernel.Routing;

public static class ConsistentHash
{
    /// <param name="nodes">Told apart by their text.</param>
    /// <param name="virtualNodesFactor">How many points of the ring each node holds; more of them share the keys more evenly.</param>
    public static ConsistentHash<T> Create<T>(IEnumerable<T> nodes, int virtualNodesFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(virtualNodesFactor, 1);
        var ring = new SortedDictionary<int, T>();
        foreach (var node in nodes)
            Put(ring, node, virtualNodesFactor);
        return new ConsistentHash<T>(ring, virtualNodesFactor);
    }

    internal static void Put<T>(SortedDictionary<int, T> ring, T node, int virtualNodesFactor)
    {
        foreach (var point in Points(node, virtualNodesFactor))
            ring[point] = node;
    }

    internal static IEnumerable<int> Points<T>(T node, int virtualNodesFactor)
    {
        var hash = StableHash.Of(node?.ToString() ?? "");
        return Enumerable.Range(1, virtualNodesFactor).Select(n => StableHash.Of(hash, n));
    }
}
