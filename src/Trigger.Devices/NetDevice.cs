using System.Collections.Frozen;

namespace Trigger.Devices;

/// <summary>
/// One device, as the inventory tells it: Trigger's fields with Trigger's defaults and normalisation, plus whatever else the source says. Immutable.
/// </summary>
/// <remarks>Two devices are equal when their names are: a device read anew is still that device.</remarks>
public sealed class NetDevice : IEquatable<NetDevice>
{
    /// <summary>Orders devices by name, as Trigger sorts them.</summary>
    public static IComparer<NetDevice> ByName { get; } = Comparer<NetDevice>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));

    /// <summary>The device's identity everywhere: <c>nodeName</c> as the source wrote it, lower-cased, with its port when it named one there.</summary>
    public required string Name { get; init; }

    /// <summary>What to dial: the <c>address</c> field, else the host part of <c>nodeName</c>.</summary>
    public required string Host { get; init; }

    /// <summary>The port to dial, or null for the protocol's own.</summary>
    public int? Port { get; init; }

    /// <summary>Canonical vendor word, lower case, as Trigger derives it from the manufacturer: <c>cisco</c>, <c>juniper</c>, ….</summary>
    public required string Vendor { get; init; }

    public required string Manufacturer { get; init; }

    /// <summary>Upper case: <c>ROUTER</c>, <c>SWITCH</c>, <c>FIREWALL</c>, ….</summary>
    public required string DeviceType { get; init; }

    /// <summary>Id of the platform definition that fits: the row's own <c>platform</c>, else derived from vendor, type, make and model.</summary>
    public required string Platform { get; init; }

    /// <summary>How to reach it.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>A pinned SSH host key (<c>SHA256:…</c>) from the <c>hostKey</c> field, or null.</summary>
    public string? PinnedHostKey { get; init; }

    /// <summary>The row's own <c>username</c> (Ansible's <c>ansible_user</c>, Nornir's <c>username</c>), or null.</summary>
    public string? LoginName => this["username"];

    /// <summary>The row's own <c>loginPW</c>, or null.</summary>
    public Secret? LoginPassword { get; init; }

    /// <summary>The row's own <c>enablePW</c>, or null.</summary>
    public Secret? EnablePassword { get; init; }

    public required string AdminStatus { get; init; }

    /// <summary>Every field that the source gave, under the source's own names, except the two passwords. Lookups ignore case.</summary>
    public required FrozenDictionary<string, string?> Fields { get; init; }

    /// <summary>Where the row stands, as <c>file:line</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The name up to its first dot; an address as it is.</summary>
    public string ShortName => System.Net.IPAddress.TryParse(Host, out _) || Name.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot) ? Name : Name[..dot];

    public string? Make => this["make"];
    public string? Model => this["model"];
    public string? SerialNumber => this["serialNumber"];
    public string? AssetId => this["assetID"];
    public string? BudgetCode => this["budgetCode"];
    public string? BudgetName => this["budgetName"];
    public string? OwningTeam => this["owningTeam"];
    public string? Owner => this["owner"];
    public string? OnCallName => this["onCallName"];
    public string? OnCallId => this["onCallID"];
    public string? OnCallEmail => this["onCallEmail"];
    public string? OperationStatus => this["operationStatus"];
    public string? LastUpdate => this["lastUpdate"];
    public string? LifecycleStatus => this["lifecycleStatus"];
    public string? ProjectName => this["projectName"];
    public string? ProjectId => this["projectID"];
    public string? Site => this["site"];
    public string? Room => this["room"];
    public string? Coordinate => this["coordinate"];
    public string? OperatingSystem => this["operatingSystem"];
    public string? OobTerminalServer => this["OOBTerminalServerFQDN"];
    public string? OobTerminalServerPort => this["OOBTerminalServerTCPPort"];

    /// <summary>A field of the source by any name, in any case; null when the source does not have it or leaves it empty.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>The groups that the source puts it in, nearest last as Ansible and Nornir tell; none when the source knows no groups.</summary>
    public IReadOnlyList<string> Groups => this["groups"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool IsInProduction => AdminStatus.Equals("PRODUCTION", StringComparison.OrdinalIgnoreCase);

    public bool Equals(NetDevice? other) => other is not null && Name == other.Name;

    public override bool Equals(object? obj) => Equals(obj as NetDevice);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
