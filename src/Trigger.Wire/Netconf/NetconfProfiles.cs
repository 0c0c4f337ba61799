using System.Collections.Frozen;

namespace Trigger.Wire.Netconf;

/// <summary>The kinds of devices whose NETCONF departs from the RFCs in a way that is known.</summary>
public static class NetconfProfiles
{
    private const string HuaweiCapability = "http://www.huawei.com/netconf/capability/";

    private static readonly string[] Usual =
    [
        "urn:ietf:params:netconf:capability:writable-running:1.0",
        "urn:ietf:params:netconf:capability:candidate:1.0",
        "urn:ietf:params:netconf:capability:confirmed-commit:1.0",
        "urn:ietf:params:netconf:capability:rollback-on-error:1.0",
        "urn:ietf:params:netconf:capability:startup:1.0",
        "urn:ietf:params:netconf:capability:validate:1.0",
        "urn:ietf:params:netconf:capability:xpath:1.0",
    ];

    private static readonly FrozenDictionary<string, NetconfProfile> Known = new[]
    {
        NetconfProfile.Standard,
        new NetconfProfile { Name = "junos" },
        new NetconfProfile { Name = "iosxr" },
        new NetconfProfile { Name = "iosxe" },
        new NetconfProfile
        {
            Name = "nexus",
            // Before NX-OS 7 the server is behind a name of its own.
            Subsystems = ["netconf", "xmlagent"],
            Prefixes = Namespaces(("nxos", "http://www.cisco.com/nxos:1.0"), ("if", "http://www.cisco.com/nxos:1.0:if_manager")),
            HarmlessErrors = ["VLAN with the same name exists", "VLAN already exists", "No such VLAN"],
        },
        new NetconfProfile
        {
            Name = "huawei",
            ClientCapabilities = [.. Usual, HuaweiCapability + "sync/1.0", HuaweiCapability + "sync/1.1", HuaweiCapability + "exchange/1.0", HuaweiCapability + "active/1.0", HuaweiCapability + "action/1.0", HuaweiCapability + "execute-cli/1.0"],
        },
        new NetconfProfile
        {
            Name = "huaweiyang",
            ClientCapabilities = [.. Usual, HuaweiCapability + "sync/1.3", HuaweiCapability + "exchange/1.2", HuaweiCapability + "active/1.0", HuaweiCapability + "action/1.0", HuaweiCapability + "execute-cli/1.0", HuaweiCapability + "update/1.0"],
        },
        new NetconfProfile { Name = "h3c", Prefixes = Namespaces(("data", "http://www.h3c.com/netconf/data:1.0"), ("config", "http://www.h3c.com/netconf/config:1.0")) },
        new NetconfProfile { Name = "hpcomware", Prefixes = Namespaces(("data", "http://www.hp.com/netconf/data:1.0"), ("config", "http://www.hp.com/netconf/config:1.0")) },
        new NetconfProfile { Name = "alu", ClientCapabilities = Usual },
        new NetconfProfile
        {
            Name = "sros",
            // Model-driven mode: each session edits a candidate of its own.
            ClientCapabilities = ["urn:nokia.com:nc:pc"],
        },
    }.ToFrozenDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>The profile of that name, or null.</summary>
    public static NetconfProfile? Find(string name) => Known.GetValueOrDefault(name);

    private static Dictionary<string, string> Namespaces(params (string Prefix, string Name)[] pairs) => pairs.ToDictionary(pair => pair.Prefix, pair => pair.Name);
}
