using System.Collections.Frozen;

namespace Trigger.Cluster.Sharding;

/// <summary>Who owns which shard, as last read. Immutable, so it may be asked from any thread; it is a hint, and only the database knows for sure.</summary>
public sealed class ShardHomes
{
    private readonly FrozenDictionary<string, ShardRow?[]> spaces;

    private ShardHomes(long version, FrozenDictionary<string, ShardRow?[]> spaces) => (Version, this.spaces) = (version, spaces);

    public static ShardHomes Unknown { get; } = new(0, FrozenDictionary<string, ShardRow?[]>.Empty);

    /// <summary>Grows with every change of members or shards in the database.</summary>
    public long Version { get; }

    /// <summary>The names of all spaces there are.</summary>
    public IEnumerable<string> Spaces => spaces.Keys;

    public static ShardHomes Of(long version, IEnumerable<ShardRow> rows) => new(version, rows
        .GroupBy(row => row.Shard.Space)
        .ToFrozenDictionary(space => space.Key, space =>
        {
            var shards = new ShardRow?[space.Max(row => row.Shard.Number) + 1];
            foreach (var row in space)
                shards[row.Shard.Number] = row;
            return shards;
        }));

    /// <summary>The owner of a shard; null while it has none, or when there is no such shard.</summary>
    public ShardHome? Of(string space, int number) => Row(space, number) is { Owner: { } owner } row ? new ShardHome(owner, row.Epoch) : null;

    /// <summary>How many shards a space has; 0 when there is no such space.</summary>
    public int Count(string space) => spaces.TryGetValue(space, out var shards) ? shards.Length : 0;

    public IEnumerable<ShardRow> Rows(string space) => spaces.TryGetValue(space, out var shards) ? shards.OfType<ShardRow>() : [];

    /// <summary>What is different since <paramref name="earlier"/>.</summary>
    public IEnumerable<ShardMoved> Since(ShardHomes earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        foreach (var row in spaces.Keys.Order(StringComparer.Ordinal).SelectMany(Rows))
        {
            var before = earlier.Row(row.Shard.Space, row.Shard.Number);
            if (before is null ? row.Owner is not null : before.Owner != row.Owner || before.Epoch != row.Epoch)
                yield return new ShardMoved(row.Shard, before?.Owner, row.Owner, row.Epoch);
        }
    }

    private ShardRow? Row(string space, int number) => spaces.TryGetValue(space, out var shards) && number >= 0 && number < shards.Length ? shards[number] : null;
}
