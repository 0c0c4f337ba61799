using FsCheck;
using FsCheck.Fluent;
using Trigger.Devices.Windows;
using Trigger.Jobs;

namespace Trigger.Tests.Jobs;

public sealed class A_queue_of_devices
{
    private static readonly DateTimeOffset Now = new(2026, 1, 6, 12, 0, 0, TimeSpan.Zero); // A Tuesday.

    [Fact]
    public void gives_devices_in_order_when_nothing_is_asked()
    {
        var queue = Queue(null, Device(), Device(), Device());

        Assert.Equal([0, 1, 2], Taken(queue));
    }

    [Fact]
    public void lets_no_more_of_a_site_go_than_have_room_and_others_pass_them()
    {
        var policy = new RunPolicy { PerSite = 1 };
        var queue = Queue(policy, Device(site: "AMS"), Device(site: "AMS"), Device(site: "FRA"));

        Assert.Equal([0, 2], Taken(queue));
        queue.Free(2);
        Assert.Empty(Taken(queue));
        queue.Free(0);
        Assert.Equal([1], Taken(queue));
    }

    [Fact]
    public void never_has_two_of_a_group_out()
    {
        var queue = Queue(new RunPolicy { OnePer = "name" }, Device(group: "a"), Device(group: "a"), Device(group: "a"));

        Assert.Equal([0], Taken(queue));
        queue.Free(0);
        Assert.Equal([1], Taken(queue));
    }

    [Fact]
    public void gives_a_place_to_the_next_when_the_first_in_line_must_wait_elsewhere()
    {
        var policy = new RunPolicy { PerVendor = 1, PerSite = 1 };
        var queue = Queue(policy, Device("cisco", "AMS"), Device("arista", "FRA"), Device("cisco", "FRA"), Device("cisco", "LON"));
        Assert.Equal([0, 1], Taken(queue));

        queue.Free(0); // Number 2 is first in line for cisco, but FRA is full.

        Assert.Equal([3], Taken(queue));
    }

    [Fact]
    public void spaces_logins_and_says_when_the_next_may_go()
    {
        var queue = Queue(new RunPolicy { LoginsPerSecond = 5 }, Device(), Device(), Device());

        Assert.Equal([0], Taken(queue));
        Assert.Equal(Now.AddMilliseconds(200), queue.Wake);
        Assert.Empty(Taken(queue, Now.AddMilliseconds(199)));
        Assert.Equal([1], Taken(queue, Now.AddMilliseconds(200)));
        Assert.Equal([2], Taken(queue, Now.AddMilliseconds(450)));
        Assert.Null(queue.Wake);
    }

    [Fact]
    public void does_not_make_up_for_seconds_in_which_nobody_logged_in()
    {
        var queue = Queue(new RunPolicy { LoginsPerSecond = 5 }, Device(), Device(), Device());
        Assert.Equal([0], Taken(queue));

        Assert.Equal([1], Taken(queue, Now.AddMinutes(1)));
    }

    [Fact]
    public void spaces_the_logins_of_each_account_by_itself()
    {
        var queue = new RunQueue([Device(), Device(), Device()], new RunPolicy { LoginsPerSecond = 1 }, [], device => device == 1 ? "local" : "central");
        foreach (var device in Enumerable.Range(0, 3))
            queue.Add(device);

        Assert.Equal([0, 1], Taken(queue));
    }

    [Fact]
    public void keeps_a_device_until_its_window_opens_and_not_a_tick_less()
    {
        var window = new BounceWindow("13", "14", "15", zone: TimeZoneInfo.Utc);
        var queue = new RunQueue([Device() with { Window = 0 }, Device()], new RunPolicy { Window = BounceStatus.Green }, [window], _ => null);
        queue.Add(0);
        queue.Add(1);

        Assert.Equal([1], Taken(queue));
        Assert.Equal(Now.AddHours(1), queue.Wake);
        Assert.Empty(Taken(queue, Now.AddHours(1).AddTicks(-1)));
        Assert.Equal([0], Taken(queue, Now.AddHours(1)));
    }

    [Fact]
    public void keeps_a_device_that_is_tried_again_until_its_time()
    {
        var queue = new RunQueue([Device()], null, [], _ => null);
        queue.AddAt(0, Now.AddSeconds(5));

        Assert.Empty(Taken(queue));
        Assert.Equal([0], Taken(queue, Now.AddSeconds(5)));
    }

    [Fact]
    public void gives_every_device_once_and_never_more_than_the_limits_however_they_are_freed() => Prop.ForAll(
        Gen.Choose(1, 60).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (count, seed) =>
        {
            var random = new Random(seed);
            var devices = Enumerable.Range(0, count).Select(_ => Device($"v{random.Next(3)}", $"s{random.Next(3)}", $"g{random.Next(10)}")).ToArray();
            var queue = Queue(new RunPolicy { PerVendor = 3, PerSite = 2, OnePer = "name", LoginsPerSecond = 10 }, devices);
            var (now, busy, seen) = (Now, new List<int>(), new HashSet<int>());
            for (var turn = 0; seen.Count < count; turn++)
            {
                Assert.True(turn < 100 * count, $"seed {seed}: the queue is stuck with {seen.Count} of {count}");
                foreach (var device in Taken(queue, now))
                {
                    Assert.True(seen.Add(device), $"seed {seed}: {device} came twice");
                    busy.Add(device);
                }

                Assert.True(busy.GroupBy(device => devices[device].Vendor).All(vendor => vendor.Count() <= 3), $"seed {seed}: vendor");
                Assert.True(busy.GroupBy(device => devices[device].Site).All(site => site.Count() <= 2), $"seed {seed}: site");
                Assert.True(busy.GroupBy(device => devices[device].Group).All(group => group.Count() == 1), $"seed {seed}: group");
                now += TimeSpan.FromMilliseconds(random.Next(200));
                if (busy.Count == 0 || random.Next(3) == 0)
                    continue;

                var done = busy[random.Next(busy.Count)];
                busy.Remove(done);
                queue.Free(done);
            }
        }).QuickCheckThrowOnFailure();

    private static ChosenDevice Device(string? vendor = null, string? site = null, string? group = null) => new("r", "cisco_ios") { Vendor = vendor, Site = site, Group = group };

    private static RunQueue Queue(RunPolicy? policy, params ChosenDevice[] devices)
    {
        var queue = new RunQueue(devices, policy, [], _ => "central");
        for (var device = 0; device < devices.Length; device++)
            queue.Add(device);
        return queue;
    }

    private static List<int> Taken(RunQueue queue, DateTimeOffset? now = null)
    {
        var taken = new List<int>();
        while (queue.TryTake(now ?? Now, out var device))
            taken.Add(device);
        return taken;
    }
}
