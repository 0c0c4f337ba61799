using System.CommandLine;
using Trigger.Cli.Device;
using Trigger.Cli.Files;
using Trigger.Cli.Input;
using Trigger.Cli.Run;
using Trigger.Cli.Tools;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Node.Acls;
using Trigger.Sessions;

namespace Trigger.Cli.Loading;

/// <summary>
/// One call of <c>load_acl</c>: shows the plan, asks, and sends it. The order matters: the database knows what a run loads before the run is accepted, files are staged before a device is sent
/// for them, and an entry leaves the queue only after its device's last answer is on record.
/// </summary>
internal sealed class LoadSession(
    ParseResult line, EngineOptions engine, RecordOption record, CredentialOptions credentials, PlatformCatalog catalog, NetDevices known, IReadOnlyList<string> sources,
    LoadRequest request, LoadSettings settings, AclQueue queue, LoadReport report, FileService? service)
{
    private const int MostContests = 5;

    public async Task<int> Load(LoadPlan plan, BounceWindows windows, LoadWork work, SelectionContext context, Mistakes mistakes)
    {
        plan.Refuse(work.WhyNot);
        foreach (var sentence in plan.Said)
            report.Say(sentence);
        foreach (var sentence in plan.LeftToPeople)
            Console.Error.WriteLine($"trigger: {sentence}");
        foreach (var (device, why) in plan.Refused)
            report.Refused(device, why);
        if (plan.Items.Count == 0)
        {
            report.Say("Nothing to load.");
            return report.Code;
        }

        var runs = work.Runs([.. plan.ByDevice], Spec(plan));
        GuardOptions.Look(null, [.. runs.SelectMany(run => RunLine.Of(run.Spec, run.Devices, run.SetOf))], Configured.Settings.Flag("run.read-only"), known, context, catalog, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);
        if (request.DryRun)
            return Show(runs, windows);
        if (!Agreed(plan))
            return report.Code;

        var devices = plan.ByDevice.Select(pair => pair.Device).ToArray();
        using var who = credentials.Book(line, known, mistakes);
        using var ways = engine.Ways(line, devices, who?.First, mistakes);
        var login = engine.LoginLimit(line, mistakes);
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hidesSecrets: false, mistakes);
        if (service?.Start(news => report.Say($"trigger: {FileService.Line(news)}")) is { } silent)
            mistakes.Add(silent);
        if (mistakes.Any || who is null)
            return mistakes.Say(Console.Error);

        await using var node = engine.Start(line, catalog, login, ways, Console.Error.WriteLine, recorder);
        return await Send(node, plan, work, windows, who);
    }

    /// <summary>Goes on with a run that was interrupted.</summary>
    public async Task<int> Resume(string run, Mistakes mistakes)
    {
        var mine = queue.UnderWay().Where(load => load.Run.StartsWith(run, StringComparison.Ordinal)).ToList();
        if (mine.Select(load => load.Run).Distinct().Count() != 1)
            mistakes.Add(mine.Count == 0 ? $"No load of a run '{run}' is unfinished. See: trigger job list" : $"Several runs begin with '{run}'.");
        using var who = credentials.Book(line, known, mistakes);
        using var ways = engine.Ways(line, known.All, who?.First, mistakes);
        var login = engine.LoginLimit(line, mistakes);
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hidesSecrets: false, mistakes);
        if (!mistakes.Any && service?.Start(news => report.Say($"trigger: {FileService.Line(news)}")) is { } silent)
            mistakes.Add(silent);
        if (mistakes.Any || who is null)
            return mistakes.Say(Console.Error);

        await using var node = engine.Start(line, catalog, login, ways, Console.Error.WriteLine, recorder);
        using var interrupts = new ToolInterrupts();
        var handle = node.Resume(new RunId(mine[0].Run), known.Find, who, Environment.UserName);
        interrupts.Guard(handle);
        if (await new LoadFollower(queue, report).Resume(handle))
            DropStaged(mine);
        return report.Code;
    }

    private async Task<int> Send(TriggerNode node, LoadPlan plan, LoadWork work, BounceWindows windows, CredentialBook who)
    {
        using var interrupts = new ToolInterrupts();
        var claimed = Claim(plan, work);
        try
        {
            var needed = claimed.Runs.SelectMany(run => run.Loads).Select(load => load.File).Where(file => file.Length > 0).ToHashSet(StringComparer.Ordinal);
            work.Staged.Write(needed);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            claimed.Holds.ForEach(hold => hold.Dispose());
            foreach (var run in claimed.Runs)
                queue.Release(run.Spec.Id);
            report.Refused("the file server", $"filters cannot be staged: {unwritable.Message}");
            return report.Code;
        }

        // One run after the other: devices that stand in for each other may speak different languages.
        for (var i = 0; i < claimed.Runs.Count; i++)
        {
            var run = claimed.Runs[i];
            if (interrupts.Asked)
            {
                queue.Release(run.Spec.Id);
                claimed.Holds[i].Dispose();
                DropStaged(run.Loads);
                foreach (var device in run.Loads.GroupBy(load => load.Device))
                    report.Ended(run.Spec.Id.Value, device.Key, [.. device.Select(load => load.Acl)], AclLoadResult.Failed, "stopped before it was begun");
                continue;
            }

            report.Began(run.Spec.Id);
            report.Say($"trigger: run {run.Spec.Id}");
            var handle = node.Submit(run.Spec, run.Devices, who, windows, known.Find, run.SetOf);
            claimed.Holds[i].Dispose();
            interrupts.Guard(handle);
            await Follow(handle, run.Loads);
        }

        report.Say($"trigger: {report.Summary}");
        return report.Code;
    }

    private async Task Follow(RunHandle handle, IReadOnlyList<AclLoad> loads)
    {
        if (await new LoadFollower(queue, report).Follow(handle, loads))
            DropStaged(loads);
    }

    private void DropStaged(IReadOnlyList<AclLoad> loads) => LoadDesk.Clean(settings, loads.Select(load => (load, AclLoadResult.Failed)), queue);

    // Somebody else may have begun to load some of it since the plan was made; that is left to him.
    private (IReadOnlyList<LoadRun> Runs, List<IDisposable> Holds) Claim(LoadPlan plan, LoadWork work)
    {
        for (var contest = 0; ; contest++)
        {
            var runs = plan.Items.Count == 0 ? [] : work.Runs([.. plan.ByDevice], Spec(plan));
            var (holds, lost) = (new List<IDisposable>(), new List<AclLoad>());
            foreach (var run in runs)
            {
                holds.Add(queue.Begin(run.Spec.Id, run.Loads, out var mine));
                lost.AddRange(run.Loads.Except(mine));
            }

            if (lost.Count == 0)
                return (runs, holds);

            foreach (var (run, hold) in runs.Zip(holds))
            {
                queue.Release(run.Spec.Id);
                hold.Dispose();
            }

            if (contest == MostContests)
                throw new NodeException("Others keep loading the same ACLs on the same devices; try again later.", new InvalidOperationException());
            plan.LeaveTo(lost, []);
            foreach (var load in lost)
                report.Say($"Skipping {load.Acl} on {load.Device}: another run has begun to load it");
        }
    }

    private RunSpec Spec(LoadPlan plan) => new()
    {
        Id = RunId.New(TimeProvider.System),
        Commands = [],
        Selection = $"load_acl {string.Join(' ', plan.Items.Select(item => item.Acl).Distinct().Take(20))}",
        Inventory = sources,
        Parallel = request.Parallel,
        AuthFailures = int.Parse(Configured.Settings.Text("run.auth-failures")!, System.Globalization.CultureInfo.InvariantCulture),
        Policy = new RunPolicy { OnePer = RunGroups.ByName, Window = BounceStatus.Green, WindowOverride = request.Bouncy ? $"load_acl --bouncy, by {Environment.UserName}" : null },
        At = TimeProvider.System.GetUtcNow(),
        By = Environment.UserName,
        ReadOnly = Configured.Settings.Flag("run.read-only"),
    };

    private int Show(IReadOnlyList<LoadRun> runs, BounceWindows windows)
    {
        foreach (var run in runs)
        {
            foreach (var load in request.Json ? [] : run.Loads.Where(load => load.File.Length > 0))
                Console.WriteLine($"{load.Device}  {load.Acl}  would be staged as {settings.Root}/{load.File}");
            DryRun.Show(run.Spec, RunPlan.Choose(run.Spec.Policy, run.Devices, windows, run.SetOf), run.Devices, catalog, request.Json);
        }

        return report.Code;
    }

    private bool Agreed(LoadPlan plan)
    {
        if (request.Auto)
            return true;

        Console.Error.WriteLine($"\nYou are about to perform the following loads, {request.Parallel} device{(request.Parallel == 1 ? "" : "s")} at a time:\n");
        foreach (var (device, items) in plan.ByDevice)
            Console.Error.WriteLine(AclToolVerb.Wrapped(device.Name, [.. items.Select(item => item.Acl)], 80));
        Console.Error.Write("\nAre you sure you want to proceed? ");
        if (Console.In.ReadLine()?.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase) == true)
            return true;

        Console.Error.WriteLine("trigger: nothing was sent.");
        return false;
    }
}
