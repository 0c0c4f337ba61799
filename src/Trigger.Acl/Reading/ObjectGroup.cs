using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>A named list that lines refer to, before the groups inside it are followed.</summary>
internal sealed class ObjectGroup(string name, Position at)
{
    public string Name => name;

    public Position At => at;

    public List<AddressMatch> Addresses { get; } = [];

    public List<ServiceEntry> Services { get; } = [];

    /// <summary>Names of groups inside this one, and where they are named.</summary>
    public List<(string Name, Position At)> Groups { get; } = [];

    /// <summary>Members the model does not understand; a line that uses the group may match more than is known.</summary>
    public List<string> Unknown { get; } = [];

    public void Clear()
    {
        Addresses.Clear();
        Services.Clear();
        Groups.Clear();
        Unknown.Clear();
    }
}

/// <summary>One member of a service group. A null port set asks nothing.</summary>
internal sealed record ServiceEntry(ByteSet Protocols, RangeSet? Source, RangeSet? Destination, ByteSet? IcmpTypes = null, ByteSet? IcmpCodes = null)
{
    /// <summary>Ports alone, to be used in a line that names the protocol (NX-OS <c>ip port</c>, ASA <c>port-object</c>).</summary>
    public bool PortsOnly { get; init; }
}
