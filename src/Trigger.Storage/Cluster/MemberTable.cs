using System.Globalization;
using Trigger.Cluster;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Storing;

namespace Trigger.Storage.Cluster;

/// <summary>The members' statements.</summary>
internal static class MemberTable
{
    private const string Alive = "status in (0, 1, 2, 3)";
    private const int GravestonesKept = 200; // So that a node that slept long still learns that it was declared down, and not merely lost.

    public static async Task<JoinAnswer> Join(ClusterTransaction transaction, JoinRequest request)
    {
        if (await Disagreement(transaction, request.Parameters).ConfigureAwait(false) is { } differs)
            return new JoinAnswer.Refused(differs);
        foreach (var space in request.Spaces)
        {
            if (await ShardTable.AddSpace(transaction, space).ConfigureAwait(false) is { } problem)
                return new JoinAnswer.Refused(problem);
        }

        switch (await Status(transaction, request.Self, transaction.ForUpdate).ConfigureAwait(false))
        {
            case null:
                await Insert(transaction, request).ConfigureAwait(false);
                return new JoinAnswer.Joined();
            case var status when MemberRules.IsAlive(status.Value):
                await Renew(transaction, request.Self).ConfigureAwait(false);
                return new JoinAnswer.Joined();
            default:
                return new JoinAnswer.IsOver();
        }
    }

    public static async Task<RenewAnswer> Renew(ClusterTransaction transaction, MemberId self)
    {
        if (await transaction.Run($"update member set beat = beat + 1 where node = @node and incarnation = @incarnation and {Alive}", Named(self)).ConfigureAwait(false) == 1)
            return RenewAnswer.Renewed;
        return await Status(transaction, self, "").ConfigureAwait(false) == MemberStatus.Down ? RenewAnswer.Downed : RenewAnswer.Fenced;
    }

    public static async Task<ClusterLook> Look(ClusterTransaction transaction, MemberId self)
    {
        var (version, letters) = (0L, false);
        var beats = await transaction.Rows(
            """
            select v.version, exists (select 1 from letter where to_node = @node and to_incarnation = @incarnation), m.node, m.incarnation, m.beat
            from cluster_version v left join member m on m.status <> 5
            """,
            row =>
            {
                (version, letters) = (row.GetInt64(0), row.GetBoolean(1));
                return ClusterTransaction.Member(row, 2) is { } member ? new MemberBeat(member, row.GetInt64(4)) : (MemberBeat?)null;
            },
            Named(self)).ConfigureAwait(false);
        return new ClusterLook(version, [.. beats.OfType<MemberBeat>()], letters);
    }

    public static Task<List<Member>> Read(ClusterTransaction transaction) => transaction.Rows(
        "select node, incarnation, status, number, roles, sites, address, version from member where status <> 5 order by number",
        row => new Member
        {
            Id = new MemberId(row.GetString(0), row.GetInt64(1)),
            Status = (MemberStatus)row.GetInt32(2),
            Number = row.GetInt64(3),
            Roles = Words(row.GetString(4)),
            Sites = Words(row.GetString(5)),
            Address = row.GetString(6),
            Version = row.GetString(7),
        });

    public static async Task<bool> Move(ClusterTransaction transaction, MemberId member, MemberStatus to)
    {
        var before = string.Join(", ", MemberRules.Before(to).Select(status => (int)status));
        var moved = await transaction.Run(
            $"update member set status = @to where node = @node and incarnation = @incarnation and status in ({before})", [.. Named(member), ("@to", (int)to)]).ConfigureAwait(false);
        if (moved > 0)
            await transaction.RaiseVersion().ConfigureAwait(false);
        return moved > 0 || await Status(transaction, member, "").ConfigureAwait(false) == to;
    }

    public static async Task<FenceAnswer> Fence(ClusterTransaction transaction, MemberId by, MemberBeat silent)
    {
        // In the order of the key, so that two who take each other for dead do not wait for each other in a circle.
        var rows = await transaction.Rows(
            "select node, incarnation, status, beat from member where (node = @node and incarnation = @incarnation) or (node = @by and incarnation = @life) order by node, incarnation"
            + transaction.ForUpdate,
            row => (Id: new MemberId(row.GetString(0), row.GetInt64(1)), Status: (MemberStatus)row.GetInt32(2), Beat: row.GetInt64(3)),
            [.. Named(silent.Member), ("@by", by.Node), ("@life", by.Incarnation)]).ConfigureAwait(false);
        var target = rows.Find(row => row.Id == silent.Member);
        if (!rows.Exists(row => row.Id == by && MemberRules.IsAlive(row.Status)) || target.Id != silent.Member || target.Status == MemberStatus.Removed)
            return FenceAnswer.Gone;
        if (target.Beat != silent.Beat)
            return FenceAnswer.BeatChanged;

        await Remove(transaction, silent.Member).ConfigureAwait(false);
        return FenceAnswer.Fenced;
    }

    public static async Task<bool> Depart(ClusterTransaction transaction, MemberId self)
    {
        if (await Status(transaction, self, transaction.ForUpdate).ConfigureAwait(false) is { } status && status != MemberStatus.Removed)
            await Remove(transaction, self).ConfigureAwait(false);
        return true;
    }

    /// <param name="lockMode">How to lock the row meanwhile, if at all.</param>
    public static async Task<MemberStatus?> Status(ClusterTransaction transaction, MemberId member, string lockMode) =>
        await transaction.Ask("select status from member where node = @node and incarnation = @incarnation" + lockMode, Named(member)).ConfigureAwait(false) is { } status
            ? (MemberStatus)Convert.ToInt32(status, CultureInfo.InvariantCulture)
            : null;

    public static (string Name, object? Value)[] Named(MemberId member) => [("@node", member.Node), ("@incarnation", member.Incarnation)];

    private static async Task Insert(ClusterTransaction transaction, JoinRequest request)
    {
        var over = await transaction.Rows(
            "select node, incarnation from member where node = @node and status <> 5 order by incarnation" + transaction.ForUpdate,
            row => new MemberId(row.GetString(0), row.GetInt64(1)),
            ("@node", request.Self.Node)).ConfigureAwait(false);
        foreach (var life in over.Where(life => request.EarlierLivesAreOver || request.Past.Contains(life)))
            await Remove(transaction, life).ConfigureAwait(false);

        await transaction.Run(
            """
            insert into member (node, incarnation, status, beat, number, roles, sites, address, version)
            values (@node, @incarnation, 0, 1, @number, @roles, @sites, @address, @version)
            """,
            [
                .. Named(request.Self), ("@number", await transaction.RaiseVersion().ConfigureAwait(false)), ("@roles", Words(request.Roles)), ("@sites", Words(request.Sites)),
                ("@address", request.Address), ("@version", request.Version),
            ]).ConfigureAwait(false);
    }

    private static async Task Remove(ClusterTransaction transaction, MemberId member)
    {
        await transaction.Run("update member set status = 5 where node = @node and incarnation = @incarnation", Named(member)).ConfigureAwait(false);
        await ShardTable.TakeFrom(transaction, member).ConfigureAwait(false);
        await transaction.Run(
            $"delete from letter where not exists (select 1 from member m where m.node = letter.to_node and m.incarnation = letter.to_incarnation and m.{Alive})").ConfigureAwait(false);
        await transaction.Run(
            $"delete from member where status = 5 and number <= (select number from member where status = 5 order by number desc limit 1 offset {GravestonesKept})").ConfigureAwait(false);
        await transaction.RaiseVersion().ConfigureAwait(false);
    }

    private static async Task<string?> Disagreement(ClusterTransaction transaction, ClusterParameters parameters)
    {
        (string Name, TimeSpan Value)[] mine = [("beat", parameters.Beat), ("hold-off", parameters.HoldOff), ("margin", parameters.Margin), ("ttl", parameters.Ttl)];
        var known = await Settings(transaction).ConfigureAwait(false);
        if (known.Count < mine.Length)
        {
            foreach (var (name, value) in mine)
                await transaction.Run("insert into cluster_setting (name, value) values (@name, @value) on conflict do nothing", ("@name", name), ("@value", Seconds(value))).ConfigureAwait(false);
            known = await Settings(transaction).ConfigureAwait(false);
        }

        var differing = mine.Where(setting => known[setting.Name] != Seconds(setting.Value)).ToList();
        return differing.Count == 0 ? null
            : $"In this cluster {string.Join(", ", differing.Select(setting => $"cluster.{setting.Name} is {known[setting.Name]} s and not {Seconds(setting.Value)} s"))}. "
            + "All nodes need the same values: change this node's, or stop all nodes and change the table cluster_setting.";
    }

    private static async Task<Dictionary<string, string>> Settings(ClusterTransaction transaction) =>
        (await transaction.Rows("select name, value from cluster_setting", row => (row.GetString(0), row.GetString(1))).ConfigureAwait(false)).ToDictionary();

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Words(IReadOnlyList<string> words) => string.Join(',', words.Order(StringComparer.Ordinal));

    private static string[] Words(string words) => words.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
