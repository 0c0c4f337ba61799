using System.CommandLine;
using Microsoft.Extensions.Logging;
using Trigger.Cli.Backup;
using Trigger.Cli.Input;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Node;
using Trigger.Notify;

namespace Trigger.Cli.Cluster;

/// <summary><c>trigger node</c>: runs a node of a cluster until it is told to stop.</summary>
internal sealed class NodeVerb
{
    private readonly Option<string?> name = new("--name") { Description = "The node's name, unique and the same after a restart. Default: the machine's.", HelpName = "NAME" };
    private readonly Option<StatePlace?> store = new("--store")
    {
        Description = "What makes nodes one cluster: postgres://user@host/database. Default: the state directory, for a cluster of one.", HelpName = "ADDRESS",
        CustomParser = words => new StatePlace(words.Tokens[0].Value),
    };

    private readonly Option<string?> listen = new("--listen") { Description = "Where the API and console listen. Default: 127.0.0.1:9110.", HelpName = "ADDRESS:PORT" };
    private readonly Option<string[]> roles = new("--role") { Description = "What the node is willing to do; repeat for more. Default: worker.", HelpName = "ROLE" };
    private readonly Option<string[]> sites = new("--site") { Description = "A site whose devices only nodes talk to that name it; repeat for more.", HelpName = "SITE" };
    private readonly Option<bool> json = new("--log-json") { Arity = ArgumentArity.Zero, Description = "Write the log as JSON, one object a line." };
    private readonly Option<string[]> inventory = new("--inventory", "-i") { Description = "Where the devices are listed; read again when it changes.", HelpName = "FILE" };
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new NodeVerb();
        var node = new Command("node", "Runs a node of a cluster until it is told to stop (SIGTERM hands its work over).") { verb.name, verb.store, verb.listen, verb.roles, verb.sites, verb.json, verb.inventory };
        verb.credentials.AddTo(node);
        verb.engine.AddTo(node);
        node.SetAction((line, _) => verb.Act(line));
        examples.Add(node, "trigger node --name n1 --store postgres://trigger@127.0.0.1/trigger --listen 127.0.0.1:9110\npbm 127.0.0.1:9110 cluster show");
        return node;
    }

    private async Task<int> Act(ParseResult line)
    {
        EngineProcess.TuneForNode();
        var mistakes = new Mistakes();
        var catalog = engine.Platforms(line);
        var places = Places.Inventories(line.GetValue(inventory));
        var isWorker = Roles(line).Contains(NodeHostOptions.Worker);
        if (places.Count == 0 && isWorker)
            mistakes.Add("There is no inventory. Name one with --inventory FILE; the shortest is a CSV line 'router1,cisco'.");
        var loaded = InventoryOptions.Load(places, catalog, mistakes) ?? new NetDevices([]);
        var found = new List<string>();
        var settled = NodeSettings.Read(Configured.Settings, engine.State(line), found, line.GetValue(listen));
        var telemetry = engine.Telemetry(line, found);
        mistakes.Add([.. found.Distinct()]); // Of telemetry what the settings say was read before.
        var loginLimit = engine.LoginLimit(line, mistakes);
        var who = mistakes.Any || !isWorker ? null : credentials.Book(line, loaded, mistakes);
        using var ways = engine.Ways(line, loaded.All, who?.First, mistakes);
        var windows = Windows(loaded, mistakes);
        var selections = Selections(mistakes);
        var listeners = Listeners(mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        using var log = new LogTail(TimeProvider.System);
        using var logging = LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(LogLevel.Trace).AddProvider(log).AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>((category, level) => log.IsWorth(category, level));
            builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            if (line.GetValue(json))
                builder.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
            else
                builder.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "HH:mm:ss.fffZ "));
        });
        var logger = logging.CreateLogger("node");
        using var source = new NetDevicesSource(
            () => Places.Reader().Load(places, catalog), loaded, places.Where(place => !InventoryReader.IsUrl(place)), reload => Told(logger, reload), TimeProvider.System, TimeSpan.FromSeconds(1));
        var options = settled with
        {
            Store = line.GetValue(store)?.Address ?? settled.Store,
            Name = line.GetValue(name) ?? settled.Name,
            Roles = Roles(line),
            Sites = line.GetValue(sites) is { Length: > 0 } named ? named : settled.Sites,
            Telemetry = telemetry,
            Inventory = source,
            InventoryPlaces = places,
            Platforms = catalog,
            Credentials = devices => Interlocked.Exchange(ref who, null) ?? Book(line, devices, logger),
            Selections = selections,
            Windows = windows,
            KnownHosts = engine.HostKeys.Store(line, text => logger.LogWarning("{Text}", text)),
            HostKeys = engine.HostKeys.Policy(line),
            Ways = ways,
            TelnetFallback = engine.TelnetFallback(line),
            LoginLimit = loginLimit,
            RunOver = (run, look) => Tell(listeners, Told(run, look), logger),
            HostKeyShown = alarm => Tell(listeners, Notification.OfHostKey(alarm.Key.Id, alarm.Key.Host, alarm.Key.SeenBy, alarm.ToString(), alarm.Key.SeenAt), logger),
            Logging = logging,
            Log = log,
        };
        using var keeping = new CancellationTokenSource();
        using var records = isWorker && Configured.Settings.Text("backup.to") is { Length: > 0 } ? RunRecords.Open(options.Store) : null;
        var keeper = records is null ? Task.CompletedTask : new BackupKeeper(
            Configured.Settings.Text("backup.to")!, records, () => source.Current, catalog, told => Tell(listeners, told, logger), logger, TimeProvider.System).Run(keeping.Token);
        try
        {
            return await NodeProcess.Run(options, logger);
        }
        finally
        {
            await keeping.CancelAsync();
            await keeper;
        }
    }

    private static async Task Tell(NotificationDesk listeners, Notification told, ILogger logger)
    {
        foreach (var failure in await listeners.Tell(told))
            logger.LogWarning("{Failure}", failure);
    }

    private static NotificationDesk Listeners(Mistakes mistakes)
    {
        if (Places.Notifications() is not { } file)
            return new NotificationDesk([], TimeProvider.System);
        var found = new List<string>();
        var desk = NotificationSettings.ReadFile(file, found, TimeProvider.System);
        mistakes.Add(found);
        return desk;
    }

    private static Notification Told(RunRecord run, IReadOnlyList<OutcomeRecord> look) => new(
        run.Unknown > 0 ? NotificationKind.InDoubt : run.Refused > 0 ? NotificationKind.Failed : NotificationKind.Finished, run.Id, run.By, run.Selection, run.Devices,
        (int)run.Accepted, (int)run.Refused, (int)run.Unknown, [.. look.Select(outcome => (outcome.Device, $"{outcome.FaultKind}: {outcome.FaultText}"))], TimeProvider.System.GetUtcNow());

    private static void Told(ILogger logger, InventoryReload reload)
    {
        if (reload.Taken)
            logger.LogInformation("The inventory was read again: {Count} devices.", reload.Devices.All.Count);
        else
            logger.LogWarning("The inventory is left as it was, because the new one has mistakes: {Mistakes}", string.Join(" ", reload.Mistakes.Take(20)));
    }

    // The inventory has changed, and with it who is to be shown what.
    private CredentialBook Book(ParseResult line, NetDevices devices, ILogger logger)
    {
        var mistakes = new Mistakes();
        var book = credentials.Book(line, devices, mistakes);
        if (mistakes.Any)
            logger.LogWarning("There are no credentials for the new inventory: {Mistakes}", string.Join(" ", mistakes.All));
        return book ?? new CredentialBook([], _ => []);
    }

    private static SelectionContext Selections(Mistakes mistakes)
    {
        if (Places.Groups() is not { } file)
            return new SelectionContext();
        var found = new List<string>();
        var context = SelectionContext.WithGroups(file, found);
        mistakes.Add(found);
        return context;
    }

    private static BounceWindows Windows(NetDevices devices, Mistakes mistakes)
    {
        if (Places.Windows() is not { } path)
            return BounceWindows.Default;
        var found = new List<string>();
        var read = BounceWindows.ReadFile(path, devices, found);
        mistakes.Add(found);
        return read ?? BounceWindows.Default;
    }

    private IReadOnlyList<string> Roles(ParseResult line) => line.GetValue(roles) is { Length: > 0 } named ? named : Configured.Settings.Texts("node.roles");
}
