using Trigger.Devices.Inventory;
using Trigger.Hocon;

namespace Trigger.Devices.Windows;

/// <summary>
/// Which device has which window: a file of named windows, of zones by site, and of rules in the selection language, the first that fits.
/// <code>
/// windows {
///   zone = America/New_York                  # unless a site or a window says otherwise
///   default = red                            # the weekend's colour, and that of hours nobody names
///   weekend = true
///   zones { AMS = Europe/Amsterdam }
///   named { normal { green = "5-7", yellow = "0-4, 8-15" }, oob { green = "0-8", yellow = "9-17", red = "18-23" } }
///   rules = [ { devices = "name=*oob*", window = oob } ]
///   otherwise = normal
/// }
/// </code>
/// </summary>
public sealed class BounceWindows
{
    private readonly Dictionary<string, BounceWindow> byDevice = new(StringComparer.Ordinal);
    private readonly BounceWindow otherwise;

    private BounceWindows(BounceWindow otherwise) => this.otherwise = otherwise;

    /// <summary>Trigger's own window, for those who have no file: green 5-7, yellow 0-4 and 8-15, red 16-23, in the zone of New York.</summary>
    public static BounceWindow Usual { get; } = new("5-7", "0-4, 8-15", "16-23");

    public static BounceWindows Default { get; } = new(Usual);

    /// <summary>The device's window.</summary>
    public BounceWindow Of(NetDevice device) => byDevice.GetValueOrDefault(device.Name, otherwise);

    /// <summary>Reads the file of this name.</summary>
    /// <returns>Null when there are mistakes.</returns>
    public static BounceWindows? ReadFile(string path, NetDevices inventory, List<string> mistakes)
    {
        try
        {
            return Read(Config.ParseFile(path), inventory, mistakes);
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return null;
        }
    }

    /// <param name="config">The file.</param>
    /// <param name="inventory">The devices that the rules are about.</param>
    /// <param name="mistakes">Takes what is wrong, each as <c>file:line: …</c>.</param>
    /// <returns>Null when there are mistakes.</returns>
    internal static BounceWindows? Read(Config config, NetDevices inventory, List<string> mistakes)
    {
        var before = mistakes.Count;
        try
        {
            var read = new BounceWindowsReader(config.GetConfig("windows"), inventory, mistakes).Read(out var byDevice, out var otherwise) ? new BounceWindows(otherwise) : null;
            if (read is null || mistakes.Count > before)
                return null;
            foreach (var (name, window) in byDevice)
                read.byDevice.Add(name, window);
            return read;
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return null;
        }
    }
}
