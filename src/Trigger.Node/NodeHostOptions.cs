using Microsoft.Extensions.Logging;
using Trigger.Cluster;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Devices.Windows;
using Trigger.Node.Api;
using Trigger.Node.HostKeys;
using Trigger.Node.Security;
using Trigger.Node.Telemetry;
using Trigger.Wire.Ssh;

namespace Trigger.Node;

/// <summary>What a node of a cluster is made of.</summary>
public sealed record NodeHostOptions
{
    public const string Worker = "worker";

    /// <summary>The database that makes nodes a cluster: <c>postgres://user@host/database</c>; or a state directory, for a cluster of one.</summary>
    public required string Store { get; init; }

    /// <summary>Unique in the cluster, and the same after a restart.</summary>
    public required string Name { get; init; }

    /// <summary>What it is willing to do. Without "worker" it talks to no devices and coordinates no runs.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [Worker];

    /// <summary>Sites that only nodes reach which say so. Their devices are talked to by such nodes alone. Add one while no run talks to its devices.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>The lease. All nodes must say the same.</summary>
    public ClusterParameters Lease { get; init; } = new();

    /// <summary>How long a stop may take: what is under way is finished or handed to other nodes within it.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a server that does not answer is tried before the start fails.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A directory of this node's own, for lines of the audit trail that the database could not take yet. Null for none: then terminals close soon after the database is away.</summary>
    public string? Notes { get; init; }

    /// <summary>How long a question that nobody has foreseen waits for a person, where a run does not say; null when its step ends at once.</summary>
    public TimeSpan? Park { get; init; }

    /// <summary>What is forgotten by and by; nothing, when it says nothing.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>Null for no API.</summary>
    public ApiSettings? Api { get; init; } = new();

    /// <summary>Where traces and figures are sent; null for nowhere. The figures at <c>/metrics</c> are there all the same.</summary>
    public TelemetryOptions? Telemetry { get; init; }

    /// <summary>Whose runs somebody else must approve when a command of theirs may change something. Such callers have no terminals to type at: nobody could approve what is typed.</summary>
    public IReadOnlyList<Role> ApprovalFor { get; init; } = [];

    /// <summary>The file that says which commands may be sent by whom to what; null for all. All nodes must be given the same.</summary>
    public string? Policy { get; init; }

    /// <summary>The inventory as it is now, followed as it changes. The host's to dispose.</summary>
    public required NetDevicesSource Inventory { get; init; }

    /// <summary>The places that it is read from; for the record of runs.</summary>
    public IReadOnlyList<string> InventoryPlaces { get; init; } = [];

    public required PlatformCatalog Platforms { get; init; }

    /// <summary>Who to be on the devices of an inventory. Asked again when that changes. All nodes must be given the same.</summary>
    public required Func<NetDevices, CredentialBook> Credentials { get; init; }

    /// <summary>What opens the accounts that the cluster itself has for its devices; the node's to dispose. They are tried before <see cref="Credentials"/>. All nodes must be given the same.</summary>
    public CredentialKeys CredentialKeys { get; init; } = CredentialKeys.None;

    /// <summary>What selections may refer to.</summary>
    public SelectionContext Selections { get; init; } = new();

    public BounceWindows Windows { get; init; } = BounceWindows.Default;

    public required KnownHosts KnownHosts { get; init; }

    public HostKeyPolicy HostKeys { get; init; } = HostKeyPolicy.Strict;

    /// <summary>Whether host keys are kept in the cluster's database; <see cref="KnownHosts"/> is then only read, for hosts that the cluster does not know.</summary>
    public bool HostKeysOfCluster { get; init; } = true;

    /// <summary>Hears when a key waits for approval that a host of this node has shown; also published to the actor system's event stream. What it throws is lost.</summary>
    public Func<HostKeyAlarm, Task>? HostKeyShown { get; init; }

    public SshWays? Ways { get; init; }

    /// <summary>Whether any device may be called by Telnet when nothing answers at its SSH port: <see cref="Node.TelnetFallback"/>.</summary>
    public bool TelnetFallback { get; init; }

    /// <summary>How many sessions the devices of one vendor may have open at a time.</summary>
    public int SessionsPerVendor { get; init; } = 10_000;

    public TimeSpan? LoginLimit { get; init; }

    /// <summary>Whether the kernel kills this process when it is frozen past its lease, so that its sessions end (Linux).</summary>
    public bool DeadMansSwitch { get; init; } = true;

    public string Version { get; init; } = typeof(NodeHostOptions).Assembly.GetName().Version?.ToString(3) ?? "";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory? Logging { get; init; }

    /// <summary>Hears of every run that this node has brought to its end, with the first outcomes of devices to look at. What it throws is lost.</summary>
    public Func<RunRecord, IReadOnlyList<OutcomeRecord>, Task>? RunOver { get; init; }

    /// <summary>The log's lines of late, and its levels, for the console; null when the host keeps none.</summary>
    public LogTail? Log { get; init; }
}
