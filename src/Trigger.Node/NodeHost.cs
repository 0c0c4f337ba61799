using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Trigger.Cluster;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Node.Accounts;
using Trigger.Node.Api;
using Trigger.Node.Broadcasts;
using Trigger.Node.Clustering;
using Trigger.Node.HostKeys;
using Trigger.Node.Palettes;
using Trigger.Node.Scheduling;
using Trigger.Node.Security;
using Trigger.Node.Telemetry;
using Trigger.Node.Terminals;
using Trigger.Sessions;
using Trigger.Sessions.Telemetry;
using Trigger.Storage;
using Trigger.Storage.Cluster;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Node;

/// <summary>
/// A node of a cluster: it takes its part of the devices and of the runs as long as its lease holds, and hands both over when it is stopped. The cluster is the database; nodes need no way to
/// each other.
/// </summary>
public sealed class NodeHost : IAsyncDisposable
{
    private const int MostNamed = 20;

    private static readonly TimeSpan PatienceForHomes = TimeSpan.FromMinutes(1);

    private readonly NodeHostOptions options;
    private readonly Database database;
    private readonly ActorSystem system;
    private readonly NodePost post;
    private readonly NodeLines lines;
    private readonly ClusterRuns runs;
    private readonly RunTape tape;
    private readonly CredentialShelf credentials;
    private readonly DeviceShards shards;
    private readonly IActorRef host;
    private readonly IActorRef runKeeper;
    private readonly IActorRef sessions;
    private readonly IActorRef survey;
    private readonly StandingOfRuns standing;
    private readonly LineTaps taps = new();
    private readonly DeadMansSwitch? deadMansSwitch;
    private readonly SqlClusterStore store;
    private readonly IDisposable? hold;
    private readonly NodeTelemetry? telemetry;
    private readonly ClusterHostKeys? clusterKeys;
    private ApiServer? api;

    private NodeHost(NodeHostOptions options, Database database, IDisposable? hold)
    {
        this.hold = hold;
        store = new SqlClusterStore(database);
        this.options = options;
        this.database = database;
        runs = new ClusterRuns(database);
        tape = new RunTape(database, options.Time);
        Records = new RunRecords(database);
        Tokens = new Tokens(database, options.Time);
        Audit = new Audit(database, options.Time);
        clusterKeys = options.HostKeysOfCluster ? new ClusterHostKeys(new HostKeyTable(database), options.KnownHosts, options.Name, options.Time, Shown) : null;
        HostKeys = new HostKeyDesk(database, Audit, options.Time, () => Inventory.Current.All);
        Policy = new NodePolicy(options.Policy, () => Inventory.Current, options.Selections, options.Platforms);
        standing = new StandingOfRuns(database, Policy, () => Inventory.Current, Audit, options.Name, Warn);
        Accounts = new ClusterAccounts(
            new ClusterAccounts.Grounds(options.CredentialKeys, Audit, options.Time, on => Selection.Choose(on, Inventory.Current, Selections).Mistakes, () => post!.TellOfAccounts(), Warn), database);
        credentials = new CredentialShelf(options.Credentials, () => Accounts.Current, options.Selections);
        lines = new NodeLines(options, clusterKeys ?? (IHostKeyStore)options.KnownHosts, database, WhoFor, Warn);
        var fences = new ConcurrentDictionary<string, ShardFence>(StringComparer.Ordinal);
        var codec = RunCodec.Create();
        system = ActorSystem.Create("trigger", ActorSystemSetup.Create(
            new KernelSetup { Time = options.Time, LoggerFactory = options.Logging },
            new ClusterSetup(Settings(options) with { EarlierLivesAreOver = hold is not null }, store),
            new JournalSetup(() => Props.Create(() => new SqlJournal(database, codec, stream => fences.TryGetValue(stream, out var fence) ? fence : null)))));
        Outbox = new AuditOutbox(options.Notes is { } notes ? Path.Combine(notes, $"audit-{Uri.EscapeDataString(options.Name)}.notes") : null, Audit.Record, options.Time, Warn);
        Cluster = Trigger.Cluster.Cluster.Get(system);
        post = new NodePost(Cluster);
        shards = new DeviceShards(() => Cluster.Homes, Cluster.Gate);
        Figures = new Figures(Cluster, options.Lease.Ttl, () => options.Inventory.Current.All.Count);
        Figures.Watch(() => clusterKeys?.Waiting ?? 0);
        telemetry = options.Telemetry is { } telling ? new NodeTelemetry(telling, options.Name, options.Version, options.Logging) : null;
        deadMansSwitch = options.DeadMansSwitch ? DeadMansSwitch.Set(Cluster.Gate, options.Lease.Ttl) : null;

        var plan = lines.Plan(taps, shards.MayTalk, Figures.Sessions);
        var keeper = system.ActorOf(Props.Create(() => new SessionKeeper(plan, options.SessionsPerVendor)), "sessions");
        sessions = system.ActorOf(Props.Create(() => new ClusterSessions(HomeOf, post.Send, PatienceForHomes)), "talks");
        var grounds = new SessionHost.Grounds(() => Cluster.SelfUniqueAddress, keeper, shards.EpochOf, shards.MayTalk, Find, WhoFor, post.Send,
            options.Time, change => Figures.Talks.Add(change)) { Taps = taps };
        host = system.ActorOf(Props.Create(() => new SessionHost(grounds)), "host");
        var runGrounds = new RunKeeper.Grounds(
            options.Name, runs, new RunStore(database), sessions, options.Time, Find, () => credentials.For(Inventory.Current), fences, () => Cluster.Homes.Count(RunKeeper.Space), Over,
            Figures, standing.MayGoOn);
        runKeeper = system.ActorOf(Props.Create(() => new RunKeeper(runGrounds)), "runs");
        var surveyGrounds = new SessionSurvey.Grounds(() => [.. Cluster.State.Members.Select(member => member.Id)], () => Cluster.SelfUniqueAddress, host, post.Send);
        survey = system.ActorOf(Props.Create(() => new SessionSurvey(surveyGrounds)), "survey");
        var deviceGrounds = new DeviceKeeper.Grounds(sessions, host, survey, shards, options.DrainTime / 2, Deliver, () => Cluster.Post);
        var devices = system.ActorOf(Props.Create(() => new DeviceKeeper(deviceGrounds)), "devices");
        Palette = new ConsolePalette(this);
        Schedules = new Schedules(new Schedules.Grounds(Drafting, Accept, Audit, options.Time), database);
        system.ActorOf(Props.Create(() => new ScheduleKeeper(AsksForSchedules, Schedules.RunDue, options.Time)), "schedules");
        if (options.Retention.IsAsked)
            system.ActorOf(Props.Create(() => new RetentionKeeper(options.Retention, Records, AsksForSchedules, options.Time)), "retention");

        Cluster.ReceiveLetters(devices);
        Cluster.Follow(devices);
        Cluster.Subscribe(devices, typeof(ClusterEvent.MemberRemoved));
        foreach (var space in DeviceSpaces(options))
            Cluster.Host(space.Name, devices);
        Cluster.Host(RunKeeper.Space, runKeeper);
    }

    public string Name => options.Name;

    public Trigger.Cluster.Cluster Cluster { get; }

    /// <summary>What is on record about runs.</summary>
    public RunRecords Records { get; }

    public Tokens Tokens { get; }

    public Audit Audit { get; }

    /// <summary>SSH host keys of the cluster, and what waits for approval.</summary>
    public HostKeyDesk HostKeys { get; }

    /// <summary>The accounts that the cluster has for its devices.</summary>
    public ClusterAccounts Accounts { get; }

    /// <summary>Lines for the audit trail that may not be lost while the database is away.</summary>
    internal AuditOutbox Outbox { get; }

    /// <summary>Which commands may be sent by whom to what.</summary>
    internal NodePolicy Policy { get; }

    /// <summary>Runs at certain times.</summary>
    public Schedules Schedules { get; }

    /// <summary>The console's commands; a host may add its own.</summary>
    public ConsolePalette Palette { get; }

    public NetDevicesSource Inventory => options.Inventory;

    public PlatformCatalog Platforms => options.Platforms;

    public SelectionContext Selections => options.Selections;

    public BounceWindows Windows => options.Windows;

    public TimeProvider Time => options.Time;

    public LogTail? Log => options.Log;

    /// <summary>Where the API listens; null without one.</summary>
    public Uri? Address => api?.Address;

    /// <summary>Whether the node was a member once, so that its probes may begin to count.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether it takes part in the cluster now.</summary>
    public bool IsReady => HasStarted && !Cluster.IsTerminated && Cluster.Gate.IsOpen;

    internal Figures Figures { get; }

    internal ActorSystem System => system;

    internal Database Database => database;

    /// <summary>Joins the cluster and begins to work.</summary>
    /// <exception cref="NodeException">The database cannot be used, the cluster refuses this node, or the API cannot listen.</exception>
    public static async Task<NodeHost> Start(NodeHostOptions options, CancellationToken cancel = default)
    {
        if (options.Api?.Mistakes().Concat(options.Telemetry?.Mistakes() ?? []).ToList() is { Count: > 0 } mistakes)
            throw new NodeException(string.Join(' ', mistakes), new ArgumentException(mistakes[0]));

        Database? database = null;
        NodeHost? node = null;
        try
        {
            if (new NodePolicy(options.Policy, () => options.Inventory.Current, options.Selections, options.Platforms).Wrong is { Count: > 0 } wrong)
                throw new ArgumentException($"node.policy: {string.Join(' ', wrong)}");
            database = await Open(options, cancel).ConfigureAwait(false);
            node = new NodeHost(options, database, Hold(database, options.Name));
            if (options.Api is { } settings)
                node.api = await ApiServer.Start(settings, node, options.Log, cancel).ConfigureAwait(false);
            await node.Cluster.WhenUp.WaitAsync(cancel).ConfigureAwait(false);
            foreach (var space in DeviceSpaces(options))
                await node.Cluster.AddSpace(space).ConfigureAwait(false);
            node.HasStarted = true;
            return node;
        }
        catch (Exception failure)
        {
            if (node is not null)
                await node.DisposeAsync().ConfigureAwait(false);
            else
                database?.Dispose();
            throw failure is StorageException or ClusterRefusedException or ArgumentException ? new NodeException(failure.Message, failure) : failure;
        }
    }

    /// <summary>What the API and the console draft runs with, from the inventory of now.</summary>
    internal RunDrafting Drafting() => new(Inventory.Current, Platforms, Selections, options.InventoryPlaces, Windows, Time, options.Park);

    /// <summary>Who talks to a device now; null while nobody may.</summary>
    public ShardHome? HomeOf(NetDevice device) => shards.HomeOf(device);

    /// <summary>Puts a run on record; some node takes it up.</summary>
    /// <param name="key">The caller's own: asking twice under one key runs once. Null for none.</param>
    /// <returns>The run, and whether it is new.</returns>
    /// <exception cref="OrderRefusedException">The key was used for something else.</exception>
    /// <exception cref="NodeException">The database does not take it.</exception>
    internal async Task<(string Run, bool IsNew)> Accept(RunDraft draft, string? key, Caller by)
    {
        draft = Guarded(draft with { Spec = draft.Spec with { Trace = Activity.Current is { Source.Name: TelemetryNames.Source } call ? call.Id : null } }, by);
        var spec = draft.Spec;
        await Audit.Record(by, "run-asked", spec.Id.Value, $"{draft.Devices.Count} devices ({spec.Selection}): {string.Join(" ; ", spec.AllCommands.Take(20))}").ConfigureAwait(false);
        try
        {
            var codec = RunCodec.Create();
            var (run, before) = await runs.Accept(spec.Id.Value, key, draft.Asked, run => (Commando.StreamOf(new RunId(run)), draft.First(codec, new RunId(run)))).ConfigureAwait(false);
            if (before != draft.Asked)
                throw new OrderRefusedException([new OrderMistake("Idempotency-Key", $"It was used before, for another order: run {run}.")]);

            post.Announce(run);
            return (run, run == spec.Id.Value);
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    /// <summary>The draft with what this node's host wants of such a caller.</summary>
    /// <exception cref="OrderRefusedException">The node's policy denies some of it.</exception>
    internal RunDraft Guarded(RunDraft draft, Caller by)
    {
        var lines = draft.Lines(Inventory.Current.Find);
        if (Policy.Mistakes(by, lines) is { Count: > 0 } denied)
            throw new OrderRefusedException(denied);
        var spec = draft.Spec with { ByRole = Policy.RoleOf(by) };
        return draft with { Spec = NeedsApproval(by) && ReadOnlyRule.Mistakes(lines, Platforms).Any() ? spec with { Policy = (spec.Policy ?? new RunPolicy()) with { Approval = true } } : spec };
    }

    /// <summary>Whether what this caller changes must be approved by somebody else.</summary>
    internal bool NeedsApproval(Caller by) => options.ApprovalFor.Contains(by.Role);

    /// <summary>Leaves word for whoever coordinates a run.</summary>
    /// <exception cref="OrderRefusedException">The node's policy denies by now what would go on.</exception>
    internal async Task Ask(string run, string what, Caller by)
    {
        if (what is RunRequest.Approve or RunRequest.Unpause && await standing.Denied(run).ConfigureAwait(false) is { Count: > 0 } denied)
            throw new OrderRefusedException(denied);
        await Audit.Record(by, $"run-{what}", run).ConfigureAwait(false);
        new RunStore(database).Ask(run, what, by.Name);
    }

    /// <summary>Leaves a person's word on a device's question. Who needs approval has none: nobody could approve what is typed.</summary>
    /// <returns>Why not; null when it is on its way.</returns>
    internal async Task<string?> Answer(ParkedStep parked, string? text, Caller by)
    {
        if (NeedsApproval(by) && text is not null)
            return $"{by.Name} needs approval for changes, and nobody could approve what is typed at a question.";
        if (RunRecords.WhyNot(parked, text) is { } why)
            return why;

        await Audit.Record(by, text is null ? "run-take-back" : "run-answer", $"{parked.Run} {parked.Device}: {parked.Question} {text}").ConfigureAwait(false);
        Records.Answer(parked, text, by.Name);
        return null;
    }

    /// <summary>A run as it is written, from behind an event on; null items are heartbeats. Ends with the run.</summary>
    internal IAsyncEnumerable<RunTape.Item?> Follow(string run, long after, bool output, CancellationToken cancel) => tape.Follow(new RunId(run), after, output, cancel);

    /// <summary>The events of a run as they are written.</summary>
    internal async Task<IReadOnlyList<(long Seq, string Kind, string Body)>> JournalOf(string run)
    {
        var events = new List<(long, string, string)>();
        await new RunStore(database).Replay(Commando.StreamOf(new RunId(run)), 1, long.MaxValue, (seq, kind, body) => events.Add((seq, kind, Encoding.UTF8.GetString(body)))).ConfigureAwait(false);
        return events;
    }

    /// <summary>Whether the node's actors answer.</summary>
    internal async Task<bool> IsAlive()
    {
        try
        {
            await host.Ask<ActorIdentity>(new Identify(null), TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The conversations of all nodes.</summary>
    internal Task<SessionSurvey.Survey> AllTalks() => survey.Ask<SessionSurvey.Survey>(new SessionSurvey.TellAll(), TimeSpan.FromSeconds(5));

    /// <summary>The conversations that this node is in for the cluster.</summary>
    internal async Task<IReadOnlyList<SessionHost.Talk>> Talks() => (await host.Ask<SessionHost.Talks>(new SessionHost.TellTalks(), TimeSpan.FromSeconds(5)).ConfigureAwait(false)).All;

    /// <summary>A person's terminal on a device, wherever its line is.</summary>
    /// <param name="waits">Hears who talks to the device now and comes first.</param>
    internal ClusterTerminal OpenTerminal(NetDevice device, TerminalWish wish, Caller by, ILineObserver person, Action<string> waits) => new(person, wish.Raise, (door, loggedIn, ended) =>
    {
        var setup = new TerminalPorter.Setup(
            device, WhoFor(device), $"{by.Name}'s terminal {Guid.NewGuid():N}", door, wish, sessions, waits, loggedIn, ended);
        system.ActorOf(Props.Create(() => new TerminalPorter(setup)));
    });

    /// <summary>One person's lines to many devices, wherever their lines are.</summary>
    internal Broadcast OpenBroadcast(IReadOnlyList<NetDevice> devices, Caller by) =>
        new(system, sessions, devices, () => credentials.For(Inventory.Current), Platforms, $"{by.Name}'s broadcast {Guid.NewGuid():N}");

    /// <summary>Why a caller may not send a line to devices; empty when he may.</summary>
    internal IReadOnlyList<OrderMistake> MayBroadcast(Caller by, string line, IReadOnlyList<NetDevice> devices)
    {
        if (NeedsApproval(by) && devices.Any(device => !Platforms.Get(device.Platform).MayRepeat(line)))
            return [new OrderMistake("line", "What you change must be approved by somebody else (node.approval-for). Ask for a run.")];
        return Policy.Mistakes(by, RunLine.Of(SessionLanguage.CommandLine, [line], devices));
    }

    /// <summary>Resets the line to a device, whichever node has it.</summary>
    internal Task<SessionSurvey.Survey> StopTalk(string device) => survey.Ask<SessionSurvey.Survey>(new SessionSurvey.Stop(device), TimeSpan.FromSeconds(5));

    /// <summary>The runs that this node coordinates.</summary>
    internal async Task<IReadOnlyList<string>> Coordinated() => (await runKeeper.Ask<RunKeeper.Runs>(new RunKeeper.TellRuns(), TimeSpan.FromSeconds(5)).ConfigureAwait(false)).All;

    /// <summary>Hands everything over and leaves, within <see cref="NodeHostOptions.DrainTime"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (HasStarted && !Cluster.IsTerminated)
            await Task.WhenAny(Cluster.LeaveAsync(), Task.Delay(options.DrainTime + TimeSpan.FromSeconds(2), options.Time)).ConfigureAwait(false);
        if (api is not null)
            await api.DisposeAsync().ConfigureAwait(false);
        await Outbox.DisposeAsync().ConfigureAwait(false);
        await system.Terminate().ConfigureAwait(false);
        deadMansSwitch?.Dispose();
        telemetry?.Dispose(); // Behind the actors, whose last spans it sends.
        Figures.Dispose();
        store.Dispose();
        hold?.Dispose();
        await lines.DisposeAsync().ConfigureAwait(false);
        clusterKeys?.Dispose();
        credentials.Dispose();
        await Accounts.DisposeAsync().ConfigureAwait(false);
        options.CredentialKeys.Dispose();
        database.Dispose();
    }

    // Nodes are often started together with their database, or while it is being restarted.
    private static async Task<Database> Open(NodeHostOptions options, CancellationToken cancel)
    {
        var begun = options.Time.GetTimestamp();
        while (true)
        {
            try
            {
                return Database.Open(options.Store, options.Time);
            }
            catch (StorageException failure) when (Database.IsServer(options.Store) && options.Time.GetElapsedTime(begun) < options.StartPatience)
            {
                options.Logging?.CreateLogger("node").LogWarning("{Failure} Trying again.", failure.Message);
            }

            await Task.Delay(TimeSpan.FromSeconds(2), options.Time, cancel).ConfigureAwait(false);
        }
    }

    // In a directory the kernel tells for certain whether an earlier process of this name is dead; on a server nobody can.
    private static IDisposable? Hold(Database database, string name)
    {
        if (database.IsShared)
            return null;

        return database.TryHold($"node-{name}") ?? throw new StorageException($"A node {name} is running in {database.Address} already.");
    }

    private static ClusterSettings Settings(NodeHostOptions options) => new()
    {
        Node = options.Name,
        Roles = [.. options.Roles.Order(StringComparer.Ordinal)],
        Sites = [.. options.Sites.Order(StringComparer.Ordinal)],
        Address = options.Api?.Listen.ToString() ?? "",
        Version = options.Version,
        Parameters = options.Lease,
        Spaces = [new ShardSpace(RunKeeper.Space, Role: NodeHostOptions.Worker)],
        DrainLimit = options.DrainTime,
        HandOverLimit = options.DrainTime,
        // A letter that is refused would leave a run waiting, so there is room for more than any run has under way.
        LettersWaiting = 200_000,
        LetterBytesWaiting = 512 << 20,
    };

    private static IEnumerable<ShardSpace> DeviceSpaces(NodeHostOptions options) =>
        options.Sites.Select(DeviceShards.SpaceOf).Prepend(DeviceShards.Space).Select(name => new ShardSpace(name, Role: NodeHostOptions.Worker, HoldsOff: true));

    // One node is enough, and any will do: the one that the first runs are at home on. Should two think they are it, the runs' keys tell them apart.
    private bool AsksForSchedules() => IsReady && Cluster.Homes.Of(RunKeeper.Space, 0) is { } home && home.Owner == Cluster.SelfUniqueAddress;

    private NetDevice? Find(string name) => Inventory.Current.Find(name);

    private IReadOnlyList<Credentials> WhoFor(NetDevice device) => credentials.For(Inventory.Current).For(device);

    private bool Deliver(LetterArrived letter)
    {
        if (letter.Kind == LetterKinds.LookForAccounts)
        {
            Accounts.Look();
            return true;
        }

        if (letter.Kind != LetterKinds.LookForRuns)
            return false;

        runKeeper.Tell(new RunKeeper.LookForRuns(), ActorRefs.NoSender);
        return true;
    }

    private void Over(RunId run, RunNews.Finished finished) => _ = CloseRun(run, finished);

    // If this fails the next owner of the shard does it.
    private async Task CloseRun(RunId run, RunNews.Finished finished)
    {
        try
        {
            await runs.CloseFinished(run.Value).ConfigureAwait(false);
            await Audit.Record(
                new Caller(Name, Role.Admin, "node"), "run-finished", run.Value, $"{finished.Accepted} accepted, {finished.Refused} refused, {finished.Unknown} unknown; answers {OutcomeDigest.Of(Records, run.Value)}").ConfigureAwait(false);
        }
        catch (StorageException failure)
        {
            Warn($"Run {run} has finished, and that could not be noted: {failure.Message}");
        }

        if (options.RunOver is { } tell && Records.Run(run.Value) is { } record)
            await tell(record, [.. Records.Outcomes(run.Value).Where(outcome => outcome.Verdict != "accepted").DistinctBy(outcome => outcome.Device).Take(MostNamed)]).ConfigureAwait(false);
    }

    private void Shown(HostKeyAlarm alarm)
    {
        Warn(alarm.ToString());
        Figures.HostKeyShown();
        system.EventStream.Publish(alarm);
        _ = Tell(alarm);
    }

    private async Task Tell(HostKeyAlarm alarm)
    {
        try
        {
            await Audit.Record(new Caller(Name, Role.Admin, "node"), "host-key-waits", alarm.Key.Host, $"{alarm.Key.Id} {alarm.Key.Type} {alarm.Key.Fingerprint}; known {alarm.Known ?? "none"}").ConfigureAwait(false);
        }
        catch (StorageException failure)
        {
            Warn($"That the host key of {alarm.Key.Host} waits could not be noted: {failure.Message}");
        }

        if (options.HostKeyShown is { } tell)
            await tell(alarm).ConfigureAwait(false);
    }

    // Before there is a system the host's own log hears it.
    private void Warn(string text)
    {
        if (system is null)
            options.Logging?.CreateLogger("node").LogWarning("{Text}", text);
        else
            system.Log.Warning("{0}", text);
    }
}
