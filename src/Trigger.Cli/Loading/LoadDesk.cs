using System.CommandLine;
using Trigger.Cli.Files;
using Trigger.Cli.Input;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Node;
using Trigger.Node.Acls;
using Trigger.Notify;

namespace Trigger.Cli.Loading;

/// <summary><c>trigger acl load</c>, and Trigger's tool <c>load_acl</c>: puts filters onto devices.</summary>
internal sealed class LoadDesk
{
    private readonly LoadOptions options = new();
    private readonly InventoryOptions inventory = new();
    private readonly Option<string?> policy = new("--autoacl") { Description = "The site's policy: which ACLs devices have. Default as for 'trigger device acl show'.", HelpName = "FILE" };
    private readonly Option<string?> notify = new("--notify") { Description = "Who is told how it went. Default as for 'trigger run'.", HelpName = "FILE" };
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly RecordOption record = new();

    public static Command Create(Dictionary<Command, string> examples, string name = "load")
    {
        var desk = new LoadDesk();
        var command = new Command(name, "Loads ACLs onto devices: plans, checks every filter, asks, stages, sends, and says in the queue what was done. Exit code: 0 all well, 1 some failed, 2 bad input, 3 in doubt.");
        desk.options.AddTo(command);
        desk.inventory.AddTo(command, longOnly: true);
        command.Add(desk.policy);
        command.Add(desk.notify);
        desk.credentials.AddTo(command);
        desk.engine.AddTo(command);
        desk.record.AddTo(command);
        command.SetAction((line, _) => desk.Act(line));
        var call = name == "load" ? "trigger acl load" : name;
        examples.Add(command, $"{call} 118 119 --dry-run\n{call} -Q --exclude 'lab*'\n{call} -f devices.txt 118 --bouncy\n{call} --auto --notify notifications.conf");
        return command;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var (request, settings) = (options.Read(line, mistakes), LoadSettings.Read(Configured.Settings, mistakes));
        var catalog = engine.Platforms(line);
        var port = FileService.TftpPort(mistakes);
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        await using var service = Configured.Settings.Flag("file-server.for-loads") && !request.DryRun ? FileService.Read(mistakes) : null;
        using var listeners = Listeners(line, mistakes);
        var context = inventory.Context(line, mistakes);
        var associations = known is null || mistakes.Any ? null : Associations(line, known, context, mistakes);
        var windows = known is null || mistakes.Any ? null : Windows(request, known, mistakes);
        var fullCommits = FullCommits.Read(known, context, mistakes);
        if (associations is null || windows is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        using var queue = AclQueue.Open(engine.State(line));
        Clean(settings, queue.Reckon(), queue);
        var report = new LoadReport(request.Quiet, request.Json);
        var session = new LoadSession(line, engine, record, credentials, catalog, known!, sources, request, settings, queue, report, service);
        if (request.Resume is { } run)
            return await session.Resume(run, mistakes);

        var plan = new LoadGathering(request, settings, known!, associations, device => device.IsInProduction || inventory.AnyStatus(line)).Plan(queue, windows, TimeProvider.System.GetUtcNow(), mistakes);
        if (mistakes.Any)
        {
            mistakes.Say(Console.Error);
            return request.File is null ? ExitCode.SomeFailed : ExitCode.BadInput; // Trigger says 1 when no device has an ACL.
        }

        var code = await session.Load(plan, windows, new LoadWork(request, settings, catalog, port, fullCommits), context, mistakes);
        await Tell(line, listeners, report, request, plan);
        return code;
    }

    private Trigger.Devices.Acls.AclAssociations? Associations(ParseResult line, NetDevices known, SelectionContext context, Mistakes mistakes)
    {
        var found = new List<string>();
        var read = (line.GetValue(policy) ?? Input.Places.AutoAcl()) is { } file ? Trigger.Devices.Acls.AutoAcl.ReadFile(file, known, context, found) : Trigger.Devices.Acls.AutoAcl.None;
        mistakes.Add(found);
        return read is null ? null : new Trigger.Devices.Acls.AclAssociations(known, AclRecords.Read(engine.State(line)), read);
    }

    private static BounceWindows? Windows(LoadRequest request, NetDevices known, Mistakes mistakes)
    {
        if ((request.Windows ?? Input.Places.Windows()) is not { } path)
            return BounceWindows.Default;
        var found = new List<string>();
        var read = BounceWindows.ReadFile(path, known, found);
        mistakes.Add(found);
        return read;
    }

    private NotificationDesk Listeners(ParseResult line, Mistakes mistakes)
    {
        var found = new List<string>();
        var desk = (line.GetValue(notify) ?? Input.Places.Notifications()) is { } file ? NotificationSettings.ReadFile(file, found, TimeProvider.System) : new NotificationDesk([], TimeProvider.System);
        mistakes.Add(found);
        return desk;
    }

    // Where nothing was tried there is nothing to tell.
    private static async Task Tell(ParseResult line, NotificationDesk listeners, LoadReport report, LoadRequest request, LoadPlan plan)
    {
        if (!listeners.HasListeners || request.DryRun || (plan.Items.Count == 0 && plan.Refused.Count == 0))
            return;
        foreach (var failure in await listeners.Tell(report.Notification(plan.ByDevice.Count(), $"load_acl {string.Join(' ', plan.Items.Select(item => item.Acl).Distinct().Take(20))}".Trim())))
            Console.Error.WriteLine($"trigger: {failure}");
    }

    // What an earlier load left behind that died before it could clean up.
    internal static void Clean(LoadSettings settings, IEnumerable<(AclLoad Load, AclLoadResult Result)> closed, AclQueue queue)
    {
        var needed = queue.UnderWay().Select(load => load.File).ToHashSet(StringComparer.Ordinal);
        StagedFiles.Remove(settings.Root, closed.Select(pair => pair.Load.File).Distinct().Where(file => !needed.Contains(file)));
    }
}
