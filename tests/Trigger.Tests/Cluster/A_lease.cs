using Trigger.Cluster;
using Trigger.Cluster.Leases;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Lab.TestKit;

namespace Trigger.Tests.Cluster;

public sealed class A_lease
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly TestScheduler clock = new();
    private readonly LeaseGate gate;

    public A_lease() => gate = new LeaseGate(clock);

    [Fact]
    public void ends_at_its_deadline_and_not_a_tick_before()
    {
        gate.Grant(new Lease(TimeSpan.FromSeconds(8).Ticks), Shards(new ShardGrant(3, 0)));

        clock.Advance(TimeSpan.FromSeconds(8) - Tick);
        Assert.True(gate.MaySend("devices", 1));
        Assert.Equal(3, gate.EpochOf("devices", 1));
        Assert.Equal(Tick, gate.Left);

        clock.Advance(Tick);
        Assert.False(gate.MaySend("devices", 1));
        Assert.Null(gate.EpochOf("devices", 1));
        Assert.Equal(TimeSpan.Zero, gate.Left);
    }

    [Fact]
    public void covers_nothing_but_what_was_granted()
    {
        gate.Grant(new Lease(long.MaxValue), Shards(new ShardGrant(3, 0)));

        Assert.All([("devices", 0), ("devices", 2), ("devices", -1), ("runs", 1)], ((string Space, int Number) other) => Assert.False(gate.MaySend(other.Space, other.Number)));
    }

    [Fact]
    public void after_a_loss_lets_nobody_touch_a_device_before_the_hold_off_is_over()
    {
        gate.Grant(new Lease(long.MaxValue), Shards(new ShardGrant(3, TimeSpan.FromSeconds(2).Ticks)));

        clock.Advance(TimeSpan.FromSeconds(2) - Tick);
        Assert.False(gate.MaySend("devices", 1));
        Assert.Equal(3, gate.EpochOf("devices", 1));

        clock.Advance(Tick);
        Assert.True(gate.MaySend("devices", 1));
    }

    [Fact]
    public void is_moved_on_by_renewals_and_never_back()
    {
        var lease = new Lease(10);
        lease.Renew(sentAt: 1, newEnd: 20);
        lease.Renew(sentAt: 0, newEnd: 15);

        Assert.True(lease.HoldsAt(19));
        Assert.False(lease.HoldsAt(20));
    }

    [Fact]
    public void that_was_closed_never_opens_again()
    {
        var lease = new Lease(10);
        lease.Close();
        lease.Renew(sentAt: 5, newEnd: 100);

        Assert.False(lease.HoldsAt(6));
    }

    [Fact]
    public void in_doubt_is_believed_again_only_when_a_later_question_was_answered()
    {
        var lease = new Lease(100);
        lease.Doubt(50);
        Assert.False(lease.HoldsAt(51));

        lease.Renew(sentAt: 49, newEnd: 149);
        Assert.False(lease.HoldsAt(51));

        lease.Renew(sentAt: 50, newEnd: 150);
        Assert.True(lease.HoldsAt(149));
    }

    [Fact]
    public void counts_from_when_its_renewal_was_sent_and_others_wait_longer_than_it_lasts()
    {
        var parameters = new ClusterParameters();
        var rules = new LeaseRules(parameters);

        Assert.Equal(TimeSpan.FromSeconds(108), rules.Deadline(sent: TimeSpan.FromSeconds(100), answered: TimeSpan.FromSeconds(104)));
        Assert.Equal(TimeSpan.FromSeconds(11.5), rules.ObserverWait);
        Assert.Equal(TimeSpan.FromSeconds(3), rules.LookPatience);
    }

    [Fact]
    public void is_watched_from_the_first_sight_of_each_beat_and_anew_after_a_pause()
    {
        var (wait, member) = (TimeSpan.FromSeconds(11.5), new MemberId("b", 1));
        var observation = new MemberObservation(TimeSpan.FromSeconds(3));

        for (var second = 0; second <= 12; second++)
            observation.Look(TimeSpan.FromSeconds(second), [new MemberBeat(member, second == 0 ? 4 : 5)]);
        Assert.Empty(observation.SilentFor(wait));
        observation.Look(TimeSpan.FromSeconds(13), [new MemberBeat(member, 5)]);
        Assert.Equal([new MemberBeat(member, 5)], observation.SilentFor(wait));

        observation.Look(TimeSpan.FromSeconds(16.1), [new MemberBeat(member, 5)]);
        Assert.Empty(observation.SilentFor(wait));
    }

    [Fact]
    public void is_counted_on_a_clock_that_runs_while_the_machine_sleeps()
    {
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var shown = BootClock.Instance.GetElapsedTime(0, BootClock.Instance.GetTimestamp());

        Assert.InRange(shown.TotalSeconds, uptime - 1, uptime + 10);
    }

    private static Dictionary<ShardId, ShardGrant> Shards(ShardGrant grant) => new() { [new ShardId("devices", 1)] = grant };
}
