using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Node.Broadcasts;
using Trigger.Node.Security;
using Trigger.Node.Telemetry;
using Trigger.Sessions;
using Trigger.Sessions.Telemetry;
using Trigger.Storage;
using Trigger.Storage.Cluster;
using Trigger.Wire.Ssh;
using Trigger.Wire.Telnet;

namespace Trigger.Node;

/// <summary>
/// The engine in one process: actors, sessions, wire and journal put together. This is the only place that knows all rooms; each of them is handed what it
/// needs and no more.
/// </summary>
public sealed class TriggerNode : IAsyncDisposable
{
    private readonly NodeOptions options;
    private readonly ActorSystem system;
    private readonly IActorRef sessions;
    private readonly SshTransport ssh;
    private readonly Database database;
    private readonly Meter? meter;
    private readonly NodeTelemetry? telemetry;

    private TriggerNode(NodeOptions options, Database database)
    {
        this.options = options;
        this.database = database;
        Records = new RunRecords(database);
        ssh = new SshTransport(options.KnownHosts, options.HostKeys, warn: options.Audit);
        if (options.Telemetry is { } telling)
        {
            meter = new Meter(TelemetryNames.Source);
            telemetry = new NodeTelemetry(telling, Environment.MachineName, typeof(TriggerNode).Assembly.GetName().Version?.ToString(3) ?? "", options.Logging);
        }

        var dialer = new LineDialer(new TelnetDialer(), ssh, options.Ways, new TelnetFallback(options.TelnetFallback, options.Ways, options.Audit));
        var codec = RunCodec.Create();
        system = ActorSystem.Create("trigger", ActorSystemSetup.Create(
            new KernelSetup { Time = options.Time, LoggerFactory = options.Logging },
            new JournalSetup(() => Props.Create(() => new SqlJournal(database, codec, null)))));
        var plan = new SessionPlan(options.Around?.Invoke(dialer.Dial) ?? dialer.Dial, options.Platforms, options.Time, options.LoginLimit)
        {
            Netconf = new NetconfDialer(ssh, options.Time, options.Ways).Open,
            Figures = meter is null ? null : new SessionFigures(meter),
        };
        sessions = system.ActorOf(Props.Create(() => new SessionKeeper(plan, options.SessionsPerVendor)), "sessions");
    }

    /// <exception cref="NodeException">The state directory, or the server, cannot be used.</exception>
    public static TriggerNode Start(NodeOptions options)
    {
        try
        {
            var database = Database.Open(options.StateDirectory, options.Time);
            if (database.IsShared && MembersOf(database) is { Count: > 0 } nodes)
            {
                // Two who do not know of each other would talk to one device at once.
                database.Dispose();
                throw new StorageException($"{database.Address} is a cluster's ({string.Join(", ", nodes)}). Let it do the run: --cluster URL of one of its nodes.");
            }

            return new TriggerNode(options, database);
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    private static List<string> MembersOf(Database database)
    {
        using var store = new SqlClusterStore(database);
        return [.. store.Read().GetAwaiter().GetResult().Members.Select(member => member.Id.Node)];
    }

    /// <summary>What is on record. May be read while runs are under way; goes with the node.</summary>
    public RunRecords Records { get; }

    /// <summary>Begins a run. It goes on until <see cref="RunHandle.News"/> ends.</summary>
    /// <param name="windows">When which device may be changed; asked when the policy names a window.</param>
    /// <param name="setOf">Which of the run's sets of commands a device is sent; null for those of all.</param>
    /// <param name="find">Other devices by name, for checks; only the chosen ones are known without it.</param>
    public RunHandle Submit(RunSpec spec, IReadOnlyList<NetDevice> devices, CredentialBook credentials, BounceWindows? windows = null, Func<string, NetDevice?>? find = null,
        Func<NetDevice, int?>? setOf = null) =>
        Run(spec.Id, listener => new RunCommand.Submit(spec, devices, credentials, listener) { Windows = windows, Find = find, SetOf = setOf });

    /// <summary>Finishes a run that an engine left behind. A run that another process is running is declined.</summary>
    public RunHandle Resume(RunId id, Func<string, NetDevice?> find, CredentialBook credentials, string by) =>
        Run(id, listener => new RunCommand.Resume(find, credentials, listener, by));

    /// <summary>Lines to many devices, which stay logged in between them.</summary>
    /// <param name="credentials">Stay the caller's.</param>
    public Broadcast Broadcast(IReadOnlyList<NetDevice> devices, CredentialBook credentials) =>
        new(system, sessions, devices, () => credentials, options.Platforms, $"{Environment.UserName}'s broadcast {Guid.NewGuid():N}");

    /// <summary>Puts on record who sends a line of a broadcast to what; it is written when this returns.</summary>
    /// <exception cref="NodeException">It cannot be.</exception>
    public async Task Note(string line, string selection, int devices)
    {
        try
        {
            await new Audit(database, options.Time).Record(new Caller(Environment.UserName, Role.Admin, "local"), "broadcast-line", selection, $"{devices} devices: {line}").ConfigureAwait(false);
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await system.Terminate();
        telemetry?.Dispose(); // Behind the actors, whose last spans it sends.
        meter?.Dispose();
        ssh.Dispose();
        database.Dispose();
    }

    private RunHandle Run(RunId id, Func<IActorRef, RunCommand> order)
    {
        var news = Channel.CreateUnbounded<RunNews>(new UnboundedChannelOptions { SingleReader = true });
        if (Hold(id, out var declined) is not { } hold)
        {
            news.Writer.TryWrite(declined);
            news.Writer.Complete();
            return new RunHandle(id, news.Reader, ActorRefs.Nobody);
        }

        var commando = system.ActorOf(Props.Create(() => new Commando(id, sessions, options.Time)), Commando.StreamOf(id));
        var desk = system.ActorOf(Props.Create(() => new NewsDesk(id, news.Writer, hold.Dispose, new RunStore(database), () => commando)), $"news-{id}");
        commando.Tell(order(desk), ActorRefs.NoSender);
        return new RunHandle(id, news.Reader, commando);
    }

    // Says to other processes that this one runs the run.
    private IDisposable? Hold(RunId id, out RunNews declined)
    {
        declined = new RunNews.Declined($"Run {id} is under way in another process.");
        try
        {
            return database.TryHold(id.Value);
        }
        catch (StorageException failure)
        {
            declined = new RunNews.Declined(failure.Message);
            return null;
        }
    }
}
