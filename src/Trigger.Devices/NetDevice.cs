using System.Collections.Frozen;

namespace Trigger.Devices;

/// <summary>
/// One device, as the inventory tells it: Trigger's fields with Trigger's defaults and normalisation, plus whatever else the source says. Immutable.
/// </summary>
public sealed class NetDevice
{
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

    /// <summary>The row's own <c>loginPW</c>, or null.</summary>
    public Secret? LoginPassword { get; init; }

    /// <summary>The row's own <c>enablePW</c>, or null.</summary>
    public Secret? EnablePassword { get; init; }

    public required string AdminStatus { get; init; }

    /// <summary>Every field that the source gave, under the source's own names, except the two passwords. Lookups ignore case.</summary>
    public required FrozenDictionary<string, string?> Fields { get; init; }

    /// <summary>Where the row stands, as <c>file:line</c>.</summary>
    public required string Source { get; init; }

    public override string ToString() => Name;
}
