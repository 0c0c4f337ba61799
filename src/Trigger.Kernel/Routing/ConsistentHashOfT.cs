namespace Trigger.Kernel.Routing;

/// <summary>Nodes on a ring of hashes: a key belongs to the next node, so that a node's coming or going moves only the keys beside it. Immutable.</summary>
public class ConsistentHash<T>
{
    private readonly SortedDictionary<int, T> _ring;
    private readonly int _virtualNodesFactor;
    private readonly int[] _points;
    private readonly T[] _nodes;

    public ConsistentHash(SortedDictionary<int, T> nodes, int virtualNodesFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(virtualNodesFactor, 1);
        _ring = nodes;
        _virtualNodesFactor = virtualNodesFactor;
        _points = [.. nodes.Keys];
        _nodes = [.. nodes.Values];
    }

    public bool IsEmpty => _points.Length == 0;

    public static ConsistentHash<T> operator +(ConsistentHash<T> hash, T node) => hash.Add(node);

    public static ConsistentHash<T> operator -(ConsistentHash<T> hash, T node) => hash.Remove(node);

    public ConsistentHash<T> Add(T node)
    {
        var ring = new SortedDictionary<int, T>(_ring);
        ConsistentHash.Put(ring, node, _virtualNodesFactor);
        return new ConsistentHash<T>(ring, _virtualNodesFactor);
    }

    public ConsistentHash<T> Remove(T node)
    {
        var ring = new SortedDictionary<int, T>(_ring);
        foreach (var point in ConsistentHash.Points(node, _virtualNodesFactor))
            ring.Remove(point);
        return new ConsistentHash<T>(ring, _virtualNodesFactor);
    }

    /// <exception cref="InvalidOperationException">There are no nodes.</exception>
    public T NodeFor(byte[] key) => NodeFor(StableHash.Of(key));

    /// <exception cref="InvalidOperationException">There are no nodes.</exception>
    public T NodeFor(string key) => NodeFor(StableHash.Of(key));

    private T NodeFor(int hash)
    {
        if (IsEmpty)
            throw new InvalidOperationException($"No node for a key of hash {hash}: the ring is empty.");

        var at = Array.BinarySearch(_points, hash);
        if (at < 0)
            at = ~at;
        return _nodes[at == _nodes.Length ? 0 : at];
    }
}
