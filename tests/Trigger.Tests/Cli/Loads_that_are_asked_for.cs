using Trigger.Cli.Input;
using Trigger.Cli.Loading;
using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Node.Acls;
using Trigger.Tests.Devices;
using Trigger.Tests.Jobs;

namespace Trigger.Tests.Cli;

public sealed class Loads_that_are_asked_for : IDisposable
{
    private static readonly DateTimeOffset Green = new(2026, 11, 18, 11, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly NetDevices known = new([Runs.Device("r1"), Runs.Device("r2"), Runs.Device("r3")]);
    private readonly Mistakes mistakes = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void by_name_go_to_every_device_that_has_them()
    {
        Assert.Equal(["r1 118", "r2 118"], Planned(Asked("118")));
        Assert.Empty(Planned(Asked("118", "7", "8")));
        Assert.Equal(["No devices found for 7, 8"], mistakes.All);
    }

    [Fact]
    public void in_a_file_are_for_devices_that_have_them()
    {
        File.WriteAllText(Path.Combine(folder.Path, "list"), "r1 118 119\n  indented lines are left out\n# so are these\nr2\n\nr3 118\nnobody 118\n");

        Assert.Empty(Planned(Asked() with { File = Path.Combine(folder.Path, "list") }));
        Assert.Equal([$"{folder.Path}/list:6: Could not find 118 in ACL list for r3", $"{folder.Path}/list:7: there is no device 'nobody' in the inventory."], mistakes.All);
    }

    [Fact]
    public void in_a_file_are_narrowed_by_names()
    {
        File.WriteAllText(Path.Combine(folder.Path, "list"), "r1 118 119\nr2\n");

        Assert.Equal(["r1 118", "r1 119", "r2 118"], Planned(Asked() with { File = Path.Combine(folder.Path, "list") }));
        Assert.Equal(["r1 119"], Planned(Asked("119") with { File = Path.Combine(folder.Path, "one") }, "r1 118 119\n"));
    }

    [Fact]
    public void in_the_queue_are_either_escalations_or_not()
    {
        using (var queue = AclQueue.Open(folder.Path))
        {
            queue.Add([("r1", "118"), ("r9", "118")], "me", escalation: false);
            queue.Add([("r1", "119")], "me", escalation: true);
        }

        Assert.Equal(["r1 118"], Planned(Asked() with { Queue = true }));
        Assert.Equal(["r1 119"], Planned(Asked() with { Queue = true, Escalation = true }));
    }

    [Fact]
    public void too_often_are_left_to_people_where_nobody_watches()
    {
        using (var queue = AclQueue.Open(folder.Path))
        {
            queue.Add([("r1", "118"), ("r2", "118"), ("r1", "119")], "me", escalation: false);
            queue.Add([("r1", "120")], "me", escalation: false);
        }

        var request = Asked() with { Queue = true, Auto = true };
        Assert.Equal(["r1 119"], Planned(request));
        Assert.Equal(["r1 118", "r1 119", "r1 120", "r2 118"], Planned(request with { Auto = false }));
    }

    [Fact]
    public void that_never_came_to_be_a_run_are_given_back_once_their_process_is_gone()
    {
        var run = RunId.New(TimeProvider.System);
        using var queue = AclQueue.Open(folder.Path);
        var hold = queue.Begin(run, [new AclLoad(run.Value, "r1", "118", "118.00", 0, 2)], out var mine);

        Assert.Single(mine);
        Assert.Empty(queue.Reckon());
        Assert.Equal("118.00", Assert.Single(queue.UnderWay()).File);

        hold.Dispose();
        Assert.Equal(AclLoadResult.Failed, Assert.Single(queue.Reckon()).Result);
        Assert.Empty(queue.UnderWay());
    }

    private IEnumerable<string> Planned(LoadRequest request, string? file = null)
    {
        if (file is not null)
            File.WriteAllText(request.File!, file);
        var associations = new AclAssociations(known, [("r1", "118"), ("r1", "119"), ("r1", "120"), ("r2", "118")], AutoAcl.None);
        using var queue = AclQueue.Open(folder.Path);
        var plan = new LoadGathering(request, Settings, known, associations, _ => true).Plan(queue, BounceWindows.Default, Green, mistakes);
        return mistakes.Any ? [] : [.. plan.Items.Select(item => $"{item.Device.Name} {item.Acl}").Order(StringComparer.Ordinal)];
    }

    private static LoadSettings Settings => new()
    {
        Filters = null, Root = null, BulkLimit = 1, BulkLimits = new Dictionary<string, int>(), Blacklist = ["120"], QueueLimits = new Dictionary<string, int> { ["118"] = 2, ["119"] = 2 }, Address = null, Vips = new Dictionary<string, string>(),
    };

    private static LoadRequest Asked(params string[] acls) => new()
    {
        Acls = acls, File = null, Queue = false, Escalation = false, Auto = false, Quiet = false, Exclude = [], Parallel = 5, Bouncy = false, NoVip = false, Bulk = false, NoDb = false, DryRun = false, Json = false, Resume = null, Folder = null, Windows = null,
    };
}
