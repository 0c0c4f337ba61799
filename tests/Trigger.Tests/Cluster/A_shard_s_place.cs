using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;

namespace Trigger.Tests.Cluster;

public sealed class A_shard_s_place
{
    private static readonly ShardSpace Devices = new("devices", 12, "worker");

    [Fact]
    public void is_spread_evenly_over_those_who_may_have_it()
    {
        var rows = Decided([Worker("a"), Worker("b"), Worker("c"), Worker("idle") with { Roles = [] }, Worker("new") with { Status = MemberStatus.Joining }], Free(Devices));

        Assert.Equal(["a 4", "b 4", "c 4"], Counts(rows));
    }

    [Fact]
    public void is_kept_when_a_node_goes_and_only_its_own_are_moved()
    {
        Member[] all = [Worker("a"), Worker("b"), Worker("c")];
        var before = Settle(all, Free(Devices));

        var after = Decided([all[0], all[2]], before);

        Assert.Equal(["a 6", "c 6"], Counts(after));
        Assert.All(before.Zip(after).Where(pair => pair.First.Wanted!.Value.Node != "b"), pair => Assert.Equal(pair.First.Wanted, pair.Second.Wanted));
    }

    [Fact]
    public void moves_to_a_new_node_no_more_often_than_the_balance_asks_for()
    {
        var before = Settle([Worker("a"), Worker("b")], Free(Devices));
        Member[] grown = [Worker("a"), Worker("b"), Worker("c")];

        var after = Decided(grown, before);

        Assert.Equal(["a 4", "b 4", "c 4"], Counts(after));
        Assert.Equal(4, before.Zip(after).Count(pair => pair.First.Wanted != pair.Second.Wanted));
        Assert.Empty(ShardAllocation.Decide(grown, [Devices], after));
    }

    [Fact]
    public void is_only_where_its_site_can_be_reached()
    {
        var space = Devices with { Name = "devices@AMS" };
        Member[] members = [Worker("a"), Worker("b") with { Sites = ["AMS", "FRA"] }];

        Assert.Equal(["b 12"], Counts(Decided(members, Free(space), space)));
        Assert.Empty(ShardAllocation.Decide([members[0]], [space], Free(space)));
    }

    [Fact]
    public void is_given_back_to_a_node_that_comes_again_under_its_name()
    {
        var before = Settle([Worker("a"), Worker("b")], Free(Devices)).Select(row => row with { Owner = null }).ToList();
        var again = Worker("a") with { Id = new MemberId("a", 99) };

        var after = Decided([again, Worker("b")], before);

        Assert.Equal(before.Select(row => row.Wanted!.Value.Node), after.Select(row => row.Wanted!.Value.Node));
        Assert.All(after.Where(row => row.Wanted!.Value.Node == "a"), row => Assert.Equal(99, row.Wanted!.Value.Incarnation));
    }

    [Fact]
    public void is_not_moved_for_the_balance_s_sake_while_others_are_on_their_way()
    {
        var before = Settle([Worker("a"), Worker("b")], Free(Devices));
        before[3] = before[3] with { Owner = null };

        Assert.Empty(ShardAllocation.Decide([Worker("a"), Worker("b"), Worker("c")], [Devices], before));
    }

    [Fact]
    public void is_decided_well_whatever_happens()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var space = new ShardSpace("s", random.Next(1, 40));
            var rows = Free(space);
            for (var change = 0; change < 10; change++)
            {
                Member[] members = [.. Enumerable.Range(0, 6).Where(_ => random.Next(3) > 0).Select(number => Worker($"n{number}"))];
                for (var rest = 0; members.Length > 0 && ShardAllocation.Decide(members, [space], rows).Count > 0; rest++)
                {
                    Assert.True(rest < 50, $"Seed {seed}: the allocation does not come to rest.");
                    rows = Settle(members, rows, space);
                }

                var counts = members.Select(member => rows.Count(row => row.Wanted == member.Id)).ToList();
                Assert.True(counts.Count == 0 || counts.Max() - counts.Min() < 2, $"Seed {seed}: {string.Join(' ', counts)}");
            }
        }
    }

    [Fact]
    public void of_a_key_is_the_same_on_every_node_and_in_every_version()
    {
        Assert.Equal([28, 105, 82], new[] { "router-1", "router-2", "" }.Select(key => ShardKey.Number(key, 128)));
        var counts = Enumerable.Range(0, 12_800).GroupBy(number => ShardKey.Number($"router-{number}", 128)).Select(shard => shard.Count()).ToList();
        Assert.Equal(128, counts.Count);
        Assert.InRange(counts.Max(), 100, 160);
    }

    private static Member Worker(string name) => new()
    {
        Id = new MemberId(name, 1),
        Status = MemberStatus.Up,
        Number = name[0],
        Roles = ["worker"],
        Sites = [],
        Address = "",
        Version = "",
    };

    private static List<ShardRow> Free(ShardSpace space) => [.. Enumerable.Range(0, space.Shards).Select(number => new ShardRow(new ShardId(space.Name, number), null, 0, null, false))];

    private static List<ShardRow> Decided(IReadOnlyList<Member> members, List<ShardRow> rows, ShardSpace? space = null)
    {
        var decisions = ShardAllocation.Decide(members, [space ?? Devices], rows).ToDictionary(decision => decision.Shard, decision => decision.Wanted);
        return [.. rows.Select(row => decisions.TryGetValue(row.Shard, out var wanted) ? row with { Wanted = wanted } : row)];
    }

    private static List<ShardRow> Settle(IReadOnlyList<Member> members, List<ShardRow> rows, ShardSpace? space = null) =>
        [.. Decided(members, rows, space).Select(row => row with { Owner = row.Wanted })];

    private static IEnumerable<string> Counts(IEnumerable<ShardRow> rows) => rows.GroupBy(row => row.Wanted!.Value.Node).OrderBy(node => node.Key).Select(node => $"{node.Key} {node.Count()}");
}
