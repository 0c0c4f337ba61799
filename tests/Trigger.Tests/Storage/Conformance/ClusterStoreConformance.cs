using Trigger.Cluster;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Storage;
using Trigger.Storage.Cluster;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>What the nodes of a cluster rely on in their database.</summary>
public abstract class ClusterStoreConformance : IDisposable
{
    private static readonly ShardSpace Devices = new("devices", 4, "worker", HoldsOff: true);
    private static readonly MemberId A = new("a", 11);
    private static readonly MemberId B = new("b", 22);

    private readonly StorageRig rig;
    private readonly Database database;
    private readonly SqlClusterStore store;

    protected ClusterStoreConformance(StorageRig rig)
    {
        this.rig = rig;
        database = rig.Open();
        store = new SqlClusterStore(database);
    }

    protected StorageRig Rig => rig;

    protected SqlClusterStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task keeps_a_member_with_all_that_it_said_of_itself()
    {
        Assert.IsType<JoinAnswer.Joined>(await store.Join(Request(A) with { Roles = ["worker", "api"], Sites = ["FRA", "AMS"], Address = "a.example:443", Version = "1.2" }));

        var member = Assert.Single((await store.Read()).Members);
        Assert.Equal((A, MemberStatus.Joining, "a.example:443", "1.2"), (member.Id, member.Status, member.Address, member.Version));
        Assert.Equal(["api", "worker"], member.Roles);
        Assert.Equal(["AMS", "FRA"], member.Sites);
    }

    [Fact]
    public async Task raises_the_beat_when_asked_to_join_again_because_the_answer_was_lost()
    {
        await store.Join(Request(A));
        var before = (await store.Look(A)).Beats.Single().Beat;

        Assert.IsType<JoinAnswer.Joined>(await store.Join(Request(A)));

        Assert.Equal(before + 1, (await store.Look(A)).Beats.Single().Beat);
        Assert.Single((await store.Read()).Members);
    }

    [Fact]
    public async Task refuses_a_node_with_other_parameters_and_says_which()
    {
        await store.Join(Request(A));

        var refused = Assert.IsType<JoinAnswer.Refused>(await store.Join(Request(B) with { Parameters = new ClusterParameters { Ttl = TimeSpan.FromSeconds(30) } }));

        Assert.Contains("cluster.ttl is 10 s and not 30 s", refused.Why, StringComparison.Ordinal);
        var other = Assert.IsType<JoinAnswer.Refused>(await store.Join(Request(B) with { Spaces = [Devices with { Shards = 5 }] }));
        Assert.Contains("'devices' are 4", other.Why, StringComparison.Ordinal);
        Assert.Single((await store.Read()).Members);
    }

    [Fact]
    public async Task changes_the_version_with_every_change_but_a_beat()
    {
        await store.Join(Request(A));
        var first = (await store.Look(A)).Version;
        await store.Renew(A);
        Assert.Equal(first, (await store.Look(A)).Version);

        await store.Acquire(A);
        var second = (await store.Look(A)).Version;
        Assert.True(second > first);
        Assert.Equal(second, (await store.Read()).Version);
    }

    [Fact]
    public async Task gives_a_shard_to_whom_it_is_to_go_under_a_higher_epoch_and_only_once()
    {
        var authority = await Settled();

        Assert.True(await store.Assign(authority, [new(new("devices", 1), A), new(new("devices", 2), B)]));
        var acquired = Assert.Single(await store.Acquire(A));

        Assert.Equal((new ShardId("devices", 1), A, 1L, false), (acquired.Shard, acquired.Owner, acquired.Epoch, acquired.Unsettled));
        Assert.Empty(await store.Acquire(A));
        await store.Release(A, [new(new("devices", 1), 1, Settled: true)]);
        Assert.Equal(2, Assert.Single(await store.Acquire(A)).Epoch);
    }

    [Fact]
    public async Task lets_only_the_owner_release_and_only_at_its_epoch()
    {
        var authority = await Settled();
        await store.Assign(authority, [new(new("devices", 1), A)]);
        await store.Acquire(A);

        await store.Release(B, [new(new("devices", 1), 1, Settled: true)]);
        await store.Release(A, [new(new("devices", 1), 7, Settled: true)]);
        Assert.Equal(A, await OwnerOf(1));

        await store.Release(A, [new(new("devices", 1), 1, Settled: false)]);
        Assert.Null(await OwnerOf(1));
        Assert.True((await store.Read()).Shards.Single(row => row.Shard == new ShardId("devices", 1)).Unsettled);
    }

    [Fact]
    public async Task takes_everything_from_a_silent_member()
    {
        var authority = await Settled();
        await store.Assign(authority, [new(new("devices", 1), B), new(new("devices", 3), B)]);
        await store.Acquire(B);

        Assert.Equal(FenceAnswer.Fenced, await store.Fence(A, await BeatOf(B)));

        var view = await store.Read();
        Assert.DoesNotContain(view.Members, member => member.Id == B);
        Assert.All(view.Shards.Where(row => row.Wanted == B), row => Assert.Equal((null, 2L, true), (row.Owner, row.Epoch, row.Unsettled)));
        Assert.Equal(RenewAnswer.Fenced, await store.Renew(B));
        Assert.Empty(await store.Acquire(B));
        Assert.IsType<JoinAnswer.IsOver>(await store.Join(Request(B)));
        Assert.Equal(FenceAnswer.Gone, await store.Fence(A, new MemberBeat(B, 1)));
    }

    [Fact]
    public async Task takes_nothing_from_a_member_whose_beat_has_changed_since()
    {
        await Settled();
        var seen = await BeatOf(B);
        await store.Renew(B);

        Assert.Equal(FenceAnswer.BeatChanged, await store.Fence(A, seen));
        Assert.Equal(RenewAnswer.Renewed, await store.Renew(B));
    }

    [Fact]
    public async Task lets_nobody_take_who_was_taken_for_dead_before()
    {
        await Settled();
        var (a, b) = (await BeatOf(A), await BeatOf(B));

        // Two that take each other for dead: one of them must be left.
        var answers = await Task.WhenAll(Fence(A, b), Fence(B, a));

        Assert.Equal([FenceAnswer.Fenced, FenceAnswer.Gone], answers.Order());
        Assert.Single((await store.Read()).Members);

        async Task<FenceAnswer> Fence(MemberId self, MemberBeat dead)
        {
            while (true)
            {
                try
                {
                    return await store.Fence(self, dead);
                }
                catch (InDoubtException)
                {
                    // On a busy machine one session may take the other for that of a frozen node, and end it. A node asks again, too.
                }
            }
        }
    }

    [Fact]
    public async Task hears_no_decision_of_a_coordinator_that_is_none_any_more()
    {
        var authority = await Settled();
        await store.Fence(B, await BeatOf(A));
        Assert.Equal(3, Assert.Single(await store.Acquire(B), row => row.Shard.Space == ShardSpace.Coordinator).Epoch);

        Assert.False(await store.Assign(authority, [new(new("devices", 1), B)]));
        Assert.False(await store.Move(B, MemberStatus.Leaving, authority));
        Assert.True(await store.Move(B, MemberStatus.Leaving, new Authority(B, 3)));
    }

    [Fact]
    public async Task moves_a_member_only_as_the_rules_allow()
    {
        await Settled();

        Assert.False(await store.Move(A, MemberStatus.Exiting));
        Assert.True(await store.Move(A, MemberStatus.Leaving));
        Assert.True(await store.Move(A, MemberStatus.Leaving));
        Assert.False(await store.Move(A, MemberStatus.Up));
        Assert.True(await store.Move(A, MemberStatus.Down));
        Assert.Equal(RenewAnswer.Downed, await store.Renew(A));
        Assert.False(await store.Move(new MemberId("nobody", 1), MemberStatus.Down));
    }

    [Fact]
    public async Task frees_at_once_what_earlier_lives_of_the_same_process_owned()
    {
        await Settled();
        var next = new MemberId("a", 12);

        await store.Join(Request(next));
        Assert.Contains((await store.Read()).Members, member => member.Id == A);

        await store.Join(Request(new MemberId("a", 13)) with { Past = [A] });
        Assert.DoesNotContain((await store.Read()).Members, member => member.Id == A);
        Assert.Contains((await store.Read()).Members, member => member.Id == next);

        await store.Join(Request(new MemberId("a", 14)) with { EarlierLivesAreOver = true });
        Assert.Equal(["a#14", "b#22"], (await store.Read()).Members.Select(member => member.Id.ToString()).Order());
    }

    [Fact]
    public async Task carries_letters_in_order_and_keeps_them_until_they_are_delivered()
    {
        await Settled();
        var sent = await store.Send(A, [.. Enumerable.Range(1, 700).Select(number => Letter(number))]);
        Assert.Equal((true, 700L), (sent.SenderIsAlive, sent.Waiting[B]));
        Assert.True((await store.Look(B)).Letters);
        Assert.False((await store.Look(A)).Letters);

        var first = await store.Take(B, [], 500);
        Assert.Equal(Enumerable.Range(1, 500), first.Select(letter => (int)letter.Sequence));
        Assert.Equal([7], first[6].Body);
        Assert.Equal(first.Select(letter => letter.Id), (await store.Take(B, [], 500)).Select(letter => letter.Id));
        Assert.Equal(Enumerable.Range(501, 200), (await store.Take(B, [.. first.Select(letter => letter.Id)], 500)).Select(letter => (int)letter.Sequence));
    }

    [Fact]
    public async Task lays_a_letter_ready_once_however_often_it_is_sent()
    {
        await Settled();
        await store.Send(A, [Letter(1), Letter(2)]);
        await store.Send(A, [Letter(1), Letter(2), Letter(3)]);

        Assert.Equal([1, 2, 3], (await store.Take(B, [], 10)).Select(letter => letter.Sequence));
    }

    [Fact]
    public async Task says_which_receivers_are_gone_and_takes_nothing_from_a_sender_that_is()
    {
        await Settled();
        var stranger = new MemberId("c", 1);

        var answer = await store.Send(A, [Letter(1), Letter(1) with { To = stranger }]);
        Assert.Equal([stranger], answer.Gone);
        Assert.Single(await store.Take(B, [], 10));

        await store.Fence(B, await BeatOf(A));
        Assert.False((await store.Send(A, [Letter(2)])).SenderIsAlive);
        await store.Fence(B, new MemberBeat(B, 0));
        await store.Depart(B);
        Assert.Empty(await store.Take(B, [], 10));
    }

    [Fact]
    public async Task hands_out_long_letters_a_few_at_a_time()
    {
        await Settled();
        for (var number = 1; number <= 3; number++)
            await store.Send(A, [Letter(number) with { Body = new byte[6 << 20] }]); // One at a time: no sender puts more than four megabytes of several into one statement.

        Assert.Equal([1, 2], (await store.Take(B, [], 500)).Select(letter => letter.Sequence));
    }

    [Fact]
    public async Task keeps_few_of_those_who_are_gone()
    {
        for (var life = 1; life <= 230; life++)
        {
            await store.Join(Request(new MemberId("a", life)));
            await store.Depart(new MemberId("a", life));
        }

        Assert.Equal(200L, Convert.ToInt64(rig.Ask("select count(*) from member")));
        Assert.Empty((await store.Look(A)).Beats);
    }

    protected static JoinRequest Request(MemberId member) => new(member, ["worker"], [], "", "", new ClusterParameters(), [Devices], [], EarlierLivesAreOver: false);

    protected async Task<Authority> Settled()
    {
        await store.Join(Request(A));
        await store.Join(Request(B));
        var epoch = Assert.Single(await store.Acquire(A)).Epoch;
        await store.Move(A, MemberStatus.Up);
        await store.Move(B, MemberStatus.Up);
        return new Authority(A, epoch);
    }

    protected async Task<MemberBeat> BeatOf(MemberId member) => (await store.Look(member)).Beats.Single(beat => beat.Member == member);

    private async Task<MemberId?> OwnerOf(int number) => (await store.Read()).Shards.Single(row => row.Shard == new ShardId("devices", number)).Owner;

    private static Letter Letter(int number) => new(A, B, number, "test", [(byte)number]);
}
