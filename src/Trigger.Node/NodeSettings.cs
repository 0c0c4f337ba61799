using System.Net;
using Trigger.Cluster;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;
using Trigger.Devices.Settings;
using Trigger.Devices.Windows;
using Trigger.Node.Api;
using Trigger.Node.Security;
using Trigger.Node.Telemetry;
using Trigger.Wire.Ssh;

namespace Trigger.Node;

/// <summary>What <c>trigger.conf</c> says about a node: everything but who to be on its devices.</summary>
public static class NodeSettings
{
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(1);

    /// <summary>Options of a node without devices.</summary>
    /// <param name="state">The state directory, for a cluster of one where no store is named.</param>
    /// <param name="mistakes">Gets what is wrong.</param>
    /// <param name="listen">Comes before the address that the settings name; null for that.</param>
    public static NodeHostOptions Read(TriggerSettings settings, string state, List<string> mistakes, string? listen = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var platforms = PlatformCatalog.Load(settings.Text("platforms"));
        return new NodeHostOptions
        {
            Store = settings.Text("node.store") ?? state,
            Notes = state,
            Name = settings.Text("node.name") ?? Environment.MachineName,
            Roles = settings.Texts("node.roles"),
            Sites = settings.Texts("node.sites"),
            Lease = new ClusterParameters { Ttl = Time(settings, "node.lease"), Beat = Time(settings, "node.beat") },
            DrainTime = Time(settings, "node.drain-time"),
            Policy = settings.Text("node.policy"),
            CredentialKeys = CredentialKeys.Load(settings.Texts("node.credential-keys"), mistakes),
            Retention = Keeping(settings, mistakes),
            Park = settings.Text("run.park") is { } park ? Durations.Read(park) : null,
            ApprovalFor = Callers(settings.Texts("node.approval-for"), mistakes),
            Api = Api(settings, listen ?? settings.Text("node.listen")!, mistakes),
            Telemetry = Telemetry(settings, null, mistakes),
            HostKeysOfCluster = settings.Text("node.host-keys") == "cluster",
            Inventory = Follow([], new InventoryReader(), platforms, _ => { }, mistakes),
            Platforms = platforms,
            Credentials = _ => new CredentialBook([], _ => []),
            TelnetFallback = settings.Flag("ssh.telnet-fallback"),
            KnownHosts = new KnownHosts(settings.Text("ssh.known-hosts") ?? Path.Combine(state, "known_hosts"), []),
        };
    }

    /// <summary>What is wrong with the settings of a node, as far as they alone tell: files that they name are another matter.</summary>
    public static IReadOnlyList<string> Check(TriggerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var mistakes = new List<string>();
        Keeping(settings, mistakes);
        Callers(settings.Texts("node.approval-for"), mistakes);
        Endpoint(settings.Text("node.listen")!, mistakes);
        Telemetry(settings, null, mistakes);
        return mistakes;
    }

    /// <summary>The same with the devices, groups and windows that the settings name.</summary>
    /// <param name="reloaded">Hears of every reading of the inventory again.</param>
    /// <param name="loaders">Loaders of the host's own; they are tried before those that are built in.</param>
    public static NodeHostOptions WithDevices(
        this NodeHostOptions options, TriggerSettings settings, Action<InventoryReload> reloaded, List<string> mistakes, IEnumerable<IInventoryLoader>? loaders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        var places = settings.Texts("inventory.sources");
        var inventory = Follow(places, new InventoryReader(custom: loaders), options.Platforms, reloaded, mistakes);
        return options with
        {
            Inventory = inventory,
            InventoryPlaces = places,
            Selections = (settings.Text("inventory.groups") is { } groups ? SelectionContext.WithGroups(groups, mistakes) : options.Selections) with
            {
                Internal = InternalNetworks.Read(settings.Texts("internal-networks"), mistakes),
            },
            Windows = settings.Text("windows") is { } windows ? BounceWindows.ReadFile(windows, inventory.Current, mistakes) ?? options.Windows : options.Windows,
        };
    }

    /// <summary>Where traces and figures go; null for nowhere.</summary>
    /// <param name="endpoint">Comes before the one that the settings name; null for that.</param>
    public static TelemetryOptions? Telemetry(TriggerSettings settings, string? endpoint, List<string> mistakes) =>
        TelemetrySettings.Read(settings, Environment.GetEnvironmentVariable, mistakes, endpoint);

    /// <summary>Reads an inventory, and again whenever its files change.</summary>
    public static NetDevicesSource Follow(
        IReadOnlyList<string> places, InventoryReader reader, PlatformCatalog platforms, Action<InventoryReload> reloaded, List<string> mistakes)
    {
        var loaded = places.Count == 0 ? new InventoryLoad(new NetDevices([]), []) : reader.Load(places, platforms);
        mistakes.AddRange(loaded.Mistakes);
        return new NetDevicesSource(
            () => reader.Load(places, platforms), loaded.Devices, places.Where(place => !InventoryReader.IsUrl(place)), reloaded, TimeProvider.System, LeftAlone);
    }

    private static ApiSettings Api(TriggerSettings settings, string listen, List<string> mistakes)
    {
        var api = new ApiSettings
        {
            Listen = Endpoint(listen, mistakes),
            Certificate = settings.Text("node.tls.certificate"),
            Key = settings.Text("node.tls.key"),
            TokensOnLoopback = settings.Flag("node.tokens-on-loopback"),
        };
        mistakes.AddRange(api.Mistakes());
        return api;
    }

    // An address, with or without a port.
    private static IPEndPoint Endpoint(string listen, List<string> mistakes)
    {
        if (!IPEndPoint.TryParse(listen, out var endpoint))
            mistakes.Add($"node.listen is '{listen}'; it must be an address and a port, such as 127.0.0.1:9110 or 0.0.0.0:9110.");
        else if (endpoint.Port == 0 && !listen.EndsWith(":0", StringComparison.Ordinal))
            endpoint.Port = ApiSettings.DefaultPort;
        return endpoint ?? new IPEndPoint(IPAddress.Loopback, ApiSettings.DefaultPort);
    }

    private static Role[] Callers(IReadOnlyList<string> names, List<string> mistakes)
    {
        var callers = new List<Role>();
        foreach (var name in names)
        {
            if (name is "operator" or "admin")
                callers.Add(name == "admin" ? Role.Admin : Role.Operator);
            else
                mistakes.Add($"node.approval-for names '{name}'; it must be operator or admin; a viewer runs nothing.");
        }

        return [.. callers];
    }

    private static Retention Keeping(TriggerSettings settings, List<string> mistakes)
    {
        var (age, size) = (settings.Text("retention.age"), settings.Text("retention.size"));
        var read = new Retention { Age = age is null ? null : Retention.AgeOf(age), Size = size is null ? null : Retention.SizeOf(size), Interval = Time(settings, "retention.interval") };
        if (age is not null && read.Age is null)
            mistakes.Add($"retention.age is '{age}'; it must be an age such as 36h, 90d or 12w.");
        if (size is not null && read.Size is null)
            mistakes.Add($"retention.size is '{size}'; it must be a size such as 500MB or 10GB.");
        return read;
    }

    private static TimeSpan Time(TriggerSettings settings, string key) => Durations.Read(settings.Text(key)!) ?? TimeSpan.Zero;
}
