using Trigger.Acl.Model;
using Trigger.Cli.Loading;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Node.Acls;
using Trigger.Sessions;
using Trigger.Tests.Jobs;

namespace Trigger.Tests.Cli;

public sealed class A_plan_of_loads
{
    private const string Filter = "ip access-list extended edge\n ! why\n remark because\n permit tcp any any eq 22\n deny ip any any\n";

    private static readonly PlatformCatalog Catalog = PlatformCatalog.Load();
    private static readonly DateTimeOffset Green = new(2026, 11, 18, 11, 0, 0, TimeSpan.Zero); // Six in the morning of a Wednesday in New York.

    [Fact]
    public void keeps_an_ACL_that_is_one_of_many_from_going_everywhere_at_once()
    {
        var plan = Plan("fe1-ams fe2-ams fe3-ams be1-ams fe1-fra odd", "118", "119");

        plan.Throttle(acl => acl == "118", acl => acl == "118" ? 2 : 0);

        Assert.Equal(["be1-ams", "fe1-ams", "fe1-fra", "fe2-ams", "odd"], On(plan, "118"));
        Assert.Equal(6, On(plan, "119").Count());
        Assert.Equal(["Removing 118 on fe3-ams from job queue: threshold of 2 exceeded for 'fe' devices in 'ams'"], plan.Said);
    }

    [Fact]
    public void counts_each_ACL_for_itself()
    {
        var plan = Plan("fe1-ams fe2-ams", "118", "119");

        plan.Throttle(_ => true, acl => acl == "118" ? 1 : 2);

        Assert.Equal(["fe1-ams"], On(plan, "118"));
        Assert.Equal(["fe1-ams", "fe2-ams"], On(plan, "119"));
    }

    [Fact]
    public void leaves_out_devices_and_ACLs_that_were_named()
    {
        var plan = Plan("fe1-ams fe2-ams lab1 core", "118", "119");

        plan.Exclude(["fe?-ams", "LAB", "119"]);

        Assert.Equal([("core", "118")], plan.Items.Select(item => (item.Device.Name, item.Acl)));
    }

    [Fact]
    public void keeps_to_windows_unless_told_otherwise()
    {
        var closed = Green.AddHours(12);
        var (kept, forced, open) = (Plan("r1", "118", "119"), Plan("r1", "118"), Plan("r1", "118"));

        kept.Bounce(BounceWindows.Default, closed, overridden: false);
        forced.Bounce(BounceWindows.Default, closed, overridden: true);
        open.Bounce(BounceWindows.Default, Green, overridden: false);

        Assert.Empty(kept.Items);
        Assert.Equal(["Skipping 118, 119 on r1 (window starts at 2026-11-19 10:00Z)", "Use --bouncy to forcefully load on these devices anyway."], kept.Said);
        Assert.Equal(["Loading 118 OUT OF BOUNCE on r1"], forced.Said);
        Assert.Single(forced.Items);
        Assert.Empty(open.Said);
    }

    [Fact]
    public void leaves_what_another_run_is_loading_to_it()
    {
        var plan = Plan("r1 r2", "118");

        plan.LeaveTo([new AclLoad("run7", "r1", "118", "", 0, 2)], []);

        Assert.Equal(["r2"], On(plan, "118"));
        Assert.Contains("run7", Assert.Single(plan.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void answers_for_all_that_waits_when_it_is_made()
    {
        var plan = Plan("r1 r2", "118");

        plan.Answers([Queued(3, "r1"), Queued(9, "r1"), Queued(4, "r3")]);

        Assert.Equal([("r1", 9L), ("r2", 0L)], plan.Items.Select(item => (item.Device.Name, item.UpTo)));
    }

    [Fact]
    public void is_sent_in_the_words_of_each_platform()
    {
        (string, string, string)[] files = [("a", Filter, "a.00"), ("b", Filter, "b.00")];

        Assert.Equal(["copy tftp://192.0.2.1/a.00 system:/running-config", "copy tftp://192.0.2.1/b.00 system:/running-config", "write memory"], LoadRun.Commands(Catalog.Get("cisco_ios"), files, "192.0.2.1", 69));
        Assert.Equal("copy tftp://[2001:db8::1]:6969/a.00 running-config", LoadRun.Commands(Catalog.Get("dell_os9"), files, "2001:db8::1", 6969)[0]);
        Assert.Equal("copy tftp running-config 192.0.2.1 a.00", LoadRun.Commands(Catalog.Get("brocade_netiron"), files, "192.0.2.1", 69)[0]);
        Assert.Equal("copy tftp://192.0.2.1/a.00 system:/running-config", LoadRun.Commands(Catalog.Get("arista_eos"), files, "192.0.2.1", 69)[0]);
        Assert.Equal("<commit-configuration><full/></commit-configuration>", LoadRun.Commands(Catalog.Get("juniper_junos"), [("a", "firewall { }", "")], "", 69, full: true)[2]);
        var junos = LoadRun.Commands(Catalog.Get("juniper_junos"), [("a", "firewall { }", "")], "", 69);
        Assert.Equal(["lock candidate", "<load-configuration action=\"replace\" format=\"text\"><configuration-text>firewall { }</configuration-text></load-configuration>", "commit", "unlock candidate"], junos);
    }

    [Fact]
    public void becomes_a_run_for_each_language()
    {
        var plan = new LoadPlan();
        plan.Add(Router("r1"), "118");
        plan.Add(Router("r2"), "118");
        plan.Add(Router("r2"), "119");
        plan.Add(Router("j1", "juniper_junos"), "118");

        var runs = LoadRun.Of([.. plan.ByDevice], device => Catalog.Get(device.Platform), device => [device.Platform, device.Name == "r2" ? "two" : "one"], item => item.Acl + ".00", Spec);

        Assert.Equal([SessionLanguage.CommandLine, SessionLanguage.Netconf], runs.Select(run => run.Spec.Language));
        Assert.Equal(["r1", "r2"], runs[0].Devices.Select(device => device.Name));
        Assert.Equal([0, 1], runs[0].Devices.Select(device => runs[0].SetOf(device)!.Value));
        Assert.Equal([("r1", "118", 2), ("r2", "118", 2), ("r2", "119", 2)], runs[0].Loads.Select(load => (load.Device, load.Acl, load.Steps)));
        Assert.NotEqual(runs[0].Spec.Id, runs[1].Spec.Id);
    }

    [Fact]
    public void refuses_what_is_no_filter_of_the_dialect()
    {
        Assert.Null(FilterFile.Checked(Filter, "edge", Dialect.Ios, comments: true).Mistake);
        Assert.Contains("edge:", FilterFile.Checked("ip access-list extended edge\n permit tcp any any eq\n", "edge", Dialect.Ios, comments: true).Mistake, StringComparison.Ordinal);
        Assert.Contains("no filter", FilterFile.Checked("hostname x\n", "edge", Dialect.Ios, comments: true).Mistake, StringComparison.Ordinal);
        Assert.NotNull(FilterFile.Checked(Filter, "edge", Dialect.Junos, comments: true).Mistake);
        Assert.NotNull(FilterFile.Read("/", "../etc/passwd", Catalog.Get("cisco_ios").LoadAcl!).Mistake);
    }

    [Fact]
    public void takes_comments_out_where_a_platform_cannot_bear_them()
    {
        Assert.Equal(Filter, FilterFile.Checked(Filter, "edge", Dialect.Ios, comments: true).Text);
        Assert.Equal("ip access-list extended edge\n permit tcp any any eq 22\n deny ip any any\n", FilterFile.Checked(Filter, "edge", Dialect.Brocade, comments: false).Text);
    }

    [Fact]
    public void knows_the_dialect_of_every_platform_that_takes_filters()
    {
        foreach (var platform in Catalog.Ids.Select(Catalog.Get).Where(platform => platform.LoadAcl is not null))
        {
            Assert.True(Dialects.TryParse(platform.LoadAcl!.Dialect, out _), platform.Id);
            Assert.True(LoadRun.IsNetconf(platform) == platform.Configure is { LoadsText: true }, platform.Id);
            Assert.False(platform.MayRepeat(platform.LoadAcl.CommandFor("192.0.2.1", 69, "118.00")), platform.Id);
        }
    }

    [Theory]
    [InlineData("accepted accepted", 2, false, AclLoadResult.Loaded)]
    [InlineData("accepted", 2, false, null)]
    [InlineData("accepted", 2, true, AclLoadResult.Failed)]
    [InlineData("accepted refused", 2, false, AclLoadResult.Failed)]
    [InlineData("accepted unknown", 3, false, AclLoadResult.InDoubt)]
    [InlineData("", 2, true, AclLoadResult.Failed)]
    public void is_judged_by_what_devices_answered(string verdicts, int steps, bool over, AclLoadResult? expected) =>
        Assert.Equal(expected, AclQueue.Judge(verdicts.Split(' ', StringSplitOptions.RemoveEmptyEntries), steps, over));

    private static RunSpec Spec => new() { Id = RunId.New(TimeProvider.System), Commands = [], Selection = "", Inventory = [], Parallel = 5, AuthFailures = 3, At = Green, By = "me" };

    private static LoadPlan Plan(string devices, params string[] acls)
    {
        var plan = new LoadPlan();
        foreach (var device in devices.Split(' ').Select(name => Router(name)).ToList())
        {
            foreach (var acl in acls)
                plan.Add(device, acl);
        }

        return plan;
    }

    private static IEnumerable<string> On(LoadPlan plan, string acl) => plan.Items.Where(item => item.Acl == acl).Select(item => item.Device.Name).Order(StringComparer.Ordinal);

    private static QueuedAcl Queued(long id, string device) => new(id, device, "118", Green, "me", false);

    private static NetDevice Router(string name, string platform = "cisco_ios") => Runs.Device(name, platform);
}
