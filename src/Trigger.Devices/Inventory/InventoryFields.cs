namespace Trigger.Devices.Inventory;

/// <summary>Names of fields: Trigger's and ours. A source may use any other name beside them.</summary>
public static class InventoryFields
{
    /// <summary>The columns of a CSV file without a header, in Trigger's order.</summary>
    internal static readonly string[] Bare = ["nodeName", "manufacturer", "deviceStatus", "deviceType"];

    /// <summary>By these a CSV header is recognised.</summary>
    internal static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "nodeName", "nodePort", "deviceType", "make", "manufacturer", "vendor", "model", "serialNumber", "adminStatus", "deviceStatus", "assetID", "budgetCode",
        "budgetName", "enablePW", "loginPW", "owningTeam", "owner", "onCallName", "onCallID", "onCallEmail", "operationStatus", "lastUpdate", "lifecycleStatus",
        "projectName", "projectID", "site", "room", "coordinate", "operatingSystem", "barcode", "authMethod", "OOBTerminalServerFQDN", "OOBTerminalServerTCPPort",
        "OOBTerminalServerNodeName", "OOBTerminalServerPort", "OOBTerminalServerConnector", "platform", "protocol", "address", "port", "hostKey", "username", "password",
    };

    /// <summary>What others call <c>nodeName</c>, the likelier first.</summary>
    internal static readonly HashSet<string> Names = new(["nodeName", "name", "hostname", "host", "device", "fqdn"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What others call <c>address</c>.</summary>
    internal static readonly HashSet<string> Addresses = new(["address", "ip", "ip_address", "mgmt_ip", "management_ip", "primary_ip"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What others call <c>loginPW</c>. None of these is ever shown.</summary>
    internal static readonly HashSet<string> LoginPasswords = new(["loginPW", "password"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What others call <c>enablePW</c>; Netmiko says <c>secret</c>. None of these is ever shown.</summary>
    internal static readonly HashSet<string> EnablePasswords = new(["enablePW", "enable_password", "secret"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a selection may always ask for, because every device has it whether its source said so or not.</summary>
    internal static readonly string[] BuiltIn =
    [
        "name", "nodeName", "host", "address", "port", "nodePort", "vendor", "manufacturer", "deviceType", "type", "platform", "protocol", "adminStatus", "site",
    ];

    /// <summary>The device's value of a field, or null. Case of the name is ignored.</summary>
    public static string? ValueOf(NetDevice device, string field) => field.ToLowerInvariant() switch
    {
        "name" or "nodename" => device.Name,
        "host" or "address" => device.Host,
        "port" or "nodeport" => device.Port?.ToString(),
        "vendor" => device.Vendor,
        "manufacturer" => device.Manufacturer,
        "devicetype" or "type" => device.DeviceType,
        "platform" => device.Platform,
        "protocol" => device.Protocol.ToString(),
        "adminstatus" => device.AdminStatus,
        _ => device.Fields.GetValueOrDefault(field),
    };
}
