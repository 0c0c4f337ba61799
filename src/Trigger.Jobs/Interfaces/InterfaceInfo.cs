using System.Net;

namespace Trigger.Jobs.Interfaces;

/// <summary>One interface of a device, as its configuration tells it.</summary>
public sealed record InterfaceInfo
{
    /// <summary>Without blanks: <c>ethernet6/6</c>, <c>ge-0/0/1.0</c>.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Each with the length of its network's prefix; an address without a network has that of a single host.</summary>
    public IReadOnlyList<IPNetwork> Subnets { get; init; } = [];

    /// <summary>As long as <see cref="Subnets"/>, in the same order.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public IReadOnlyList<string> AclsIn { get; init; } = [];

    public IReadOnlyList<string> AclsOut { get; init; } = [];

    /// <summary>Whether it is shut down.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether it has no address.</summary>
    public bool IsUnnumbered => Addresses.Count == 0;
}
