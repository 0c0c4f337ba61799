using System.Data.Common;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;

namespace Trigger.Storage.Cluster;

/// <summary>The shards' statements.</summary>
internal static class ShardTable
{
    private const string Columns = "space, number, owner_node, owner_incarnation, epoch, wanted_node, wanted_incarnation, unsettled";

    public static async Task<string?> AddSpace(ClusterTransaction transaction, ShardSpace space)
    {
        var known = await transaction.Rows("select name, shards, role, holds_off from shard_space where name = @name", Space, ("@name", space.Name)).ConfigureAwait(false);
        if (known.Count == 0)
        {
            var made = await transaction.Run(
                "insert into shard_space (name, shards, role, holds_off) values (@name, @shards, @role, @holds) on conflict do nothing",
                ("@name", space.Name), ("@shards", space.Shards), ("@role", space.Role), ("@holds", space.HoldsOff)).ConfigureAwait(false);
            if (made == 0)
                return await AddSpace(transaction, space).ConfigureAwait(false); // Somebody made it in this moment.

            // Numbers are written out: they are integers of ours, and one statement makes all rows.
            await transaction.Run(
                $"insert into shard (space, number) select @name, n from ({Values(Enumerable.Range(0, space.Shards))}) numbers", ("@name", space.Name)).ConfigureAwait(false);
            await transaction.RaiseVersion().ConfigureAwait(false);
            return null;
        }

        return known[0] == space ? null
            : $"The cluster's shards '{space.Name}' are {known[0].Shards} for role '{known[0].Role}' ({Holding(known[0])}), and not {space.Shards} for role '{space.Role}' ({Holding(space)}). "
            + "All nodes need the same; how many there are can never change.";
    }

    public static async Task<ClusterView> Read(ClusterTransaction transaction)
    {
        // The version first: if something changes before the rest is read, the next look finds another version.
        var version = (long)(await transaction.Ask("select version from cluster_version").ConfigureAwait(false))!;
        var members = await MemberTable.Read(transaction).ConfigureAwait(false);
        var spaces = await transaction.Rows("select name, shards, role, holds_off from shard_space order by name", Space).ConfigureAwait(false);
        var shards = await transaction.Rows($"select {Columns} from shard order by space, number", Row).ConfigureAwait(false);
        return new ClusterView(version, members, spaces, shards);
    }

    public static async Task<IReadOnlyList<ShardRow>> Acquire(ClusterTransaction transaction, MemberId self)
    {
        // Locked, so that whoever takes this member for dead either comes first, and then nothing is acquired, or finds what was acquired and takes it.
        var status = await MemberTable.Status(transaction, self, transaction.ForShare).ConfigureAwait(false);
        if (status is not (MemberStatus.Joining or MemberStatus.Up))
            return [];

        var own = status == MemberStatus.Up ? "or (wanted_node = @node and wanted_incarnation = @incarnation)" : "";
        var acquired = await transaction.Rows(
            $"""
            update shard set owner_node = @node, owner_incarnation = @incarnation, wanted_node = @node, wanted_incarnation = @incarnation, epoch = epoch + 1
            where owner_node is null and (space = '{ShardSpace.Coordinator}' {own})
            returning {Columns}
            """,
            Row,
            MemberTable.Named(self)).ConfigureAwait(false);
        if (acquired.Count > 0)
            await transaction.RaiseVersion().ConfigureAwait(false);
        return acquired;
    }

    public static async Task<bool> Release(ClusterTransaction transaction, MemberId self, IReadOnlyList<ReleasedShard> shards)
    {
        var released = 0;
        foreach (var group in shards.GroupBy(shard => (shard.Shard.Space, shard.Settled)).OrderBy(group => group.Key.Space, StringComparer.Ordinal))
        {
            var pairs = string.Join(", ", group.OrderBy(shard => shard.Shard.Number).Select(shard => $"({shard.Shard.Number}, {shard.Epoch})"));
            released += await transaction.Run(
                $"""
                update shard set owner_node = null, owner_incarnation = null, unsettled = @unsettled
                where space = @space and owner_node = @node and owner_incarnation = @incarnation and (number, epoch) in (values {pairs})
                """,
                [.. MemberTable.Named(self), ("@space", group.Key.Space), ("@unsettled", !group.Key.Settled)]).ConfigureAwait(false);
        }

        if (released > 0)
            await transaction.RaiseVersion().ConfigureAwait(false);
        return true;
    }

    public static async Task<bool> Assign(ClusterTransaction transaction, IReadOnlyList<ShardAssignment> assignments)
    {
        foreach (var group in assignments.GroupBy(assignment => (assignment.Shard.Space, assignment.Wanted)).OrderBy(group => group.Key.Space, StringComparer.Ordinal).ThenBy(group => group.Key.Wanted))
        {
            var numbers = string.Join(", ", group.Select(assignment => assignment.Shard.Number).Order());
            await transaction.Run(
                $"update shard set wanted_node = @node, wanted_incarnation = @incarnation where space = @space and number in ({numbers})",
                [.. MemberTable.Named(group.Key.Wanted), ("@space", group.Key.Space)]).ConfigureAwait(false);
        }

        await transaction.RaiseVersion().ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether somebody still coordinates; it then does until the transaction's end.</summary>
    public static async Task<bool> Holds(ClusterTransaction transaction, Authority by) => await transaction.Ask(
        $"select 1 from shard where space = '{ShardSpace.Coordinator}' and number = 0 and owner_node = @node and owner_incarnation = @incarnation and epoch = @epoch" + transaction.ForShare,
        [.. MemberTable.Named(by.Coordinator), ("@epoch", by.Epoch)]).ConfigureAwait(false) is not null;

    /// <summary>Takes everything from a member that is over.</summary>
    public static async Task TakeFrom(ClusterTransaction transaction, MemberId member)
    {
        // Locked in the order of the key, as writers of the journal lock them.
        if (transaction.Locks)
            await transaction.Rows("select number from shard where owner_node = @node and owner_incarnation = @incarnation order by space, number for update", row => 0, MemberTable.Named(member)).ConfigureAwait(false);
        await transaction.Run(
            "update shard set owner_node = null, owner_incarnation = null, epoch = epoch + 1, unsettled = true where owner_node = @node and owner_incarnation = @incarnation",
            MemberTable.Named(member)).ConfigureAwait(false);
    }

    private static string Values(IEnumerable<int> numbers) => "select 0 as n where false union all values " + string.Join(", ", numbers.Select(number => $"({number})"));

    private static string Holding(ShardSpace space) => space.HoldsOff ? "holding off" : "not holding off";

    private static ShardSpace Space(DbDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetBoolean(3));

    private static ShardRow Row(DbDataReader row) => new(
        new ShardId(row.GetString(0), row.GetInt32(1)), ClusterTransaction.Member(row, 2), row.GetInt64(4), ClusterTransaction.Member(row, 5), row.GetBoolean(7));
}
