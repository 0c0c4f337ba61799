using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Sharding;

/// <summary>
/// Who should own what. A shard stays where it is while its owner may have it; what has no owner goes to the node of that space with the fewest; and when all is
/// at rest, a few shards a round move from the fullest to the emptiest until no node has two more than another.
/// </summary>
public static class ShardAllocation
{
    private const int FewestMoves = 8;

    /// <summary>The decisions that differ from what is on record.</summary>
    public static IReadOnlyList<ShardAssignment> Decide(IReadOnlyList<Member> members, IReadOnlyList<ShardSpace> spaces, IReadOnlyList<ShardRow> shards)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(spaces);
        ArgumentNullException.ThrowIfNull(shards);
        var rows = shards.ToLookup(row => row.Shard.Space);
        var load = members.ToDictionary(member => member.Id, _ => 0);
        var decisions = new List<ShardAssignment>();
        foreach (var space in spaces.Where(space => space.Name != ShardSpace.Coordinator).OrderBy(space => space.Name, StringComparer.Ordinal))
        {
            var able = members.Where(member => IsAble(member, space)).OrderBy(member => member.Id).Select(member => member.Id).ToList();
            if (able.Count > 0)
                decisions.AddRange(Place(able, [.. rows[space.Name].OrderBy(row => row.Shard.Number)], load));
        }

        return decisions;
    }

    /// <summary>Whether a member may own shards of a space.</summary>
    public static bool IsAble(Member member, ShardSpace space)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(space);
        return member.Status == MemberStatus.Up
            && (space.Role.Length == 0 || member.HasRole(space.Role))
            && (space.Site.Length == 0 || member.Reaches(space.Site));
    }

    private static IEnumerable<ShardAssignment> Place(List<MemberId> able, ShardRow[] rows, Dictionary<MemberId, int> load)
    {
        var own = able.ToDictionary(member => member, _ => 0);
        var places = rows.Select(row => Stays(row, able)).ToArray();
        foreach (var place in places.OfType<MemberId>())
            Take(place);

        for (var i = 0; i < rows.Length; i++)
        {
            if (places[i] is null)
                Take((places[i] = able.MinBy(member => (own[member], load[member]))).Value);
        }

        // While shards are still on their way, moving more of them would only make everybody's wait longer.
        if (rows.All(row => row.Owner is not null && row.Owner == row.Wanted))
            Even(able, places, own, load);

        return rows.Zip(places).Where(pair => pair.First.Wanted != pair.Second).Select(pair => new ShardAssignment(pair.First.Shard, pair.Second!.Value));

        void Take(MemberId member)
        {
            own[member]++;
            load[member]++;
        }
    }

    // A node that comes back under its name gets back what it had: its caches and its people's habits may still be warm.
    private static MemberId? Stays(ShardRow row, List<MemberId> able) =>
        row.Wanted is { } wanted && able.Contains(wanted) ? wanted
            : row.Owner is { } owner && able.Contains(owner) ? owner
            : able.Where(member => member.Node == row.Wanted?.Node).Select(member => (MemberId?)member).FirstOrDefault();

    private static void Even(List<MemberId> able, MemberId?[] places, Dictionary<MemberId, int> own, Dictionary<MemberId, int> load)
    {
        for (var moves = Math.Max(FewestMoves, places.Length / 10); moves > 0; moves--)
        {
            var (most, least) = (able.MaxBy(member => own[member]), able.MinBy(member => own[member]));
            if (own[most] - own[least] < 2)
                return;

            places[Array.LastIndexOf(places, most)] = least;
            own[most]--;
            load[most]--;
            own[least]++;
            load[least]++;
        }
    }
}
