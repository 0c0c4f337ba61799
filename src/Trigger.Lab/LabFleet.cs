using System.Net;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Lab;

/// <summary>Many devices that pretend, on the loopback address.</summary>
public static class LabFleet
{
    // What a network is made of; a fleet without a named platform takes them in turn.
    private static readonly string[] Mixture =
    [
        "cisco_ios", "arista_eos", "juniper_junos", "cisco_nxos", "cisco_xe", "cisco_xr", "cisco_asa", "frr", "frr_vty", "hp_procurve", "aruba_aoscx", "dell_os10",
        "brocade_fastiron", "dell_os6",
    ];

    private static readonly string[] Sites = ["AMS", "FRA", "LON", "NYC", "SIN"];

    /// <summary>Describes the devices; nothing listens yet.</summary>
    /// <param name="count">How many.</param>
    /// <param name="catalog">Where the platforms come from.</param>
    /// <param name="platform">One platform for all, or null for a mixture.</param>
    /// <param name="protocol">One protocol for all, or null for each platform's own.</param>
    /// <param name="basePort">The first port; the others follow. Zero lets the system choose.</param>
    public static IReadOnlyList<LabDevice> Plan(int count, PlatformCatalog catalog, string? platform = null, Protocol? protocol = null, int basePort = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (basePort > 0)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(basePort + count - 1, 65535, nameof(basePort));
        var devices = new List<LabDevice>(count);
        for (var number = 1; number <= count; number++)
        {
            var definition = catalog.Get(platform ?? Mixture[(number - 1) % Mixture.Length]);
            devices.Add(new LabDevice
            {
                Name = $"lab-{definition.Id[(definition.Id.LastIndexOf('_') + 1)..]}-{number:D3}",
                Platform = definition.Id,
                Protocol = protocol ?? definition.Protocol,
                Configuration = new LabConfiguration(),
                Address = new IPEndPoint(IPAddress.Loopback, basePort == 0 ? 0 : basePort + number - 1),
            });
        }

        return devices;
    }

    /// <summary>Writes an inventory that leads to the started devices.</summary>
    public static void WriteInventory(string path, IEnumerable<LabDevice> devices, PlatformCatalog catalog)
    {
        var text = new StringBuilder("nodeName,manufacturer,deviceType,platform,protocol,site,address,port,netconfPort\n");
        var number = 0;
        foreach (var device in devices)
        {
            var vendor = catalog.Get(device.Platform).Vendor;
            var protocol = device.Protocol == Protocol.Ssh ? "ssh" : "telnet";
            text.Append($"{device.Name},{vendor},{catalog.DefaultDeviceType(vendor)},{device.Platform},{protocol},{Sites[number++ % Sites.Length]},{device.Address.Address},{device.Address.Port},{(device.Protocol == Protocol.Ssh ? device.Address.Port : "")}\n");
        }

        File.WriteAllText(path, text.ToString());
    }
}
