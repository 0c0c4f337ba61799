using System.Collections.Frozen;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>Makes devices of rows, with Trigger's defaults and normalisation, and notes what is wrong with a row instead of stopping.</summary>
internal sealed class DeviceBuilder(PlatformCatalog catalog, List<string> mistakes)
{
    private readonly Dictionary<string, Platform?> platforms = new(StringComparer.OrdinalIgnoreCase);

    public NetDevice? Build(InventoryRow row)
    {
        var before = mistakes.Count;
        var nodeName = row.First(InventoryFields.Names);
        if (nodeName is null)
        {
            mistakes.Add($"{row.Source}: the device has no nodeName. Give it a name or an address.");
            return null;
        }

        var written = NodeAddress.Parse(nodeName);
        var port = Port(row, written);
        var manufacturer = row["manufacturer"] ?? row["vendor"];
        var vendor = manufacturer is null ? null : catalog.VendorRules.VendorOf(manufacturer);
        var type = (row["deviceType"] ?? (vendor is null ? "ROUTER" : catalog.VendorRules.DefaultTypeOf(vendor))).ToUpperInvariant();
        var platform = PlatformOf(row, vendor, type, manufacturer);
        var protocol = ProtocolOf(row, port, platform);
        if (written.Host.Length == 0)
            mistakes.Add($"{row.Source}: nodeName '{nodeName}' has no host in it.");
        if (mistakes.Count > before || platform is null)
            return null;
        return new NetDevice
        {
            Name = nodeName.ToLowerInvariant(),
            Host = Address(row) ?? written.Host.ToLowerInvariant(),
            Port = port,
            // RANCID's "cisco-nx" is a type and no vendor.
            Vendor = vendor is null || (row["platform"] is null && !catalog.VendorRules.Names.Contains(vendor)) ? platform.Vendor : vendor,
            Manufacturer = manufacturer ?? platform.Vendor.ToUpperInvariant(),
            DeviceType = type,
            Platform = platform.Id,
            Protocol = protocol,
            PinnedHostKey = row["hostKey"],
            LoginPassword = SecretOf(row.First(InventoryFields.LoginPasswords)),
            EnablePassword = SecretOf(row.First(InventoryFields.EnablePasswords)),
            AdminStatus = AdminStatusOf(row),
            Fields = row.Fields.Where(field => !IsPassword(field.Key)).ToFrozenDictionary(field => field.Key, field => field.Value?.Trim(), StringComparer.OrdinalIgnoreCase),
            Source = row.Source,
        };
    }

    // NetBox writes addresses with the length of their network.
    private static string? Address(InventoryRow row) =>
        row.First(InventoryFields.Addresses)?.Trim('[', ']') ?.Split('/')[0];

    private int? Port(InventoryRow row, NodeAddress written)
    {
        var text = row["port"] ?? row["nodePort"] ?? written.Port;
        if (text is null)
            return null;
        if (NodeAddress.PortOf(text) is { } port)
            return port;
        mistakes.Add($"{row.Source}: the port is '{text}'. A port is a number from 1 to 65535.");
        return null;
    }

    private Platform? PlatformOf(InventoryRow row, string? vendor, string type, string? manufacturer)
    {
        if (row["platform"] is { } written)
            return Named(written, row, () => $"there is no platform '{written}'{catalog.Hint(written)}");
        if (vendor is null)
        {
            mistakes.Add($"{row.Source}: the device has neither manufacturer nor platform. Name one of them.");
            return null;
        }

        if (catalog.VendorRules.PlatformOf(vendor, type, row["make"], row["model"]) is { } derived)
            return Named(derived, row, () => $"the rules of vendor '{vendor}' lead to the platform '{derived}', which does not exist");
        if (catalog.Contains(catalog.Resolve(vendor)))
            return Named(vendor, row, () => "");
        var hint = Nearest.Hint(vendor, catalog.VendorRules.Names);
        mistakes.Add($"{row.Source}: no platform is known for the manufacturer '{manufacturer}'{hint} Name one in a platform field.");
        return null;
    }

    private Platform? Named(string id, InventoryRow row, Func<string> missing)
    {
        id = catalog.Resolve(id.ToLowerInvariant());
        if (platforms.TryGetValue(id, out var platform))
        {
            if (platform is null && !catalog.Contains(id))
                mistakes.Add($"{row.Source}: {missing()}");
            return platform;
        }

        try
        {
            if (!catalog.TryGet(id, out platform))
                mistakes.Add($"{row.Source}: {missing()}");
        }
        catch (PlatformMistakesException bad)
        {
            mistakes.AddRange(bad.Mistakes); // Once for the platform, not once for each of its devices.
        }

        return platforms[id] = platform;
    }

    private Protocol ProtocolOf(InventoryRow row, int? port, Platform? platform)
    {
        if (row["protocol"] is not { } written)
            return port == 23 ? Protocol.Telnet : platform?.Protocol ?? Protocol.Ssh;
        if (Enum.TryParse<Protocol>(written, ignoreCase: true, out var protocol) && !char.IsAsciiDigit(written[0]))
            return protocol;
        mistakes.Add($"{row.Source}: the protocol is '{written}'. It is ssh or telnet.");
        return Protocol.Ssh;
    }

    // RANCID's and CSV's deviceStatus knows up and down; everything but down is in production.
    private static string AdminStatusOf(InventoryRow row) =>
        row["adminStatus"]?.ToUpperInvariant() ?? (string.Equals(row["deviceStatus"], "down", StringComparison.OrdinalIgnoreCase) ? "NON-PRODUCTION" : "PRODUCTION");

    private static bool IsPassword(string field) => InventoryFields.LoginPasswords.Contains(field) || InventoryFields.EnablePasswords.Contains(field);

    private static Secret? SecretOf(string? text) => text is null ? null : new Secret(text);
}
