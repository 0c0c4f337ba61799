using System.Globalization;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Wire;

namespace Trigger.Node;

/// <summary>
/// Whether a device that is to be reached by SSH may be called by Telnet when nothing answers at its SSH port: <c>decisions/0019</c>. Off unless somebody says so, for a device, its
/// platform or everywhere; a row's own word comes first. Never after an SSH server has spoken, and never around a jump host.
/// </summary>
/// <param name="everywhere">The setting <c>ssh.telnet-fallback</c>, or the option <c>--telnet-fallback</c>.</param>
/// <param name="ways">The ways to devices; null for straight ones.</param>
/// <param name="told">Hears a sentence for every device that is called by Telnet instead.</param>
public sealed class TelnetFallback(bool everywhere, SshWays? ways = null, Action<string>? told = null)
{
    /// <summary>The field of a row that allows it (<c>yes</c>) or forbids it (<c>no</c>).</summary>
    public const string Field = "telnetFallback";

    /// <summary>The field of a row that names the port for it; 23 where it is not said.</summary>
    public const string PortField = "telnetPort";

    /// <summary>What is wrong with a row's fields; null when nothing is.</summary>
    public static string? Mistake(NetDevice device)
    {
        if (device.Fields.GetValueOrDefault(Field) is { Length: > 0 } said && Said(said) is null)
            return $"{device.Name}: {Field} is '{said}'; it must be yes or no.";

        return device.Fields.GetValueOrDefault(PortField) is { Length: > 0 } port && PortOf(port) is null
            ? $"{device.Name}: {PortField} is '{port}'; it must be a port from 1 to 65535."
            : null;
    }

    /// <summary>Whether the device may be called so.</summary>
    public bool May(NetDevice device, Platform platform) =>
        device.Protocol == Protocol.Ssh
        && (Said(device.Fields.GetValueOrDefault(Field)) ?? (everywhere || platform.TelnetFallback))
        && ways?.IsStraight(device) != false;

    /// <summary>Calls by SSH, and by Telnet when there is none and that is allowed.</summary>
    /// <param name="telnet">Calls the device's port of that number.</param>
    public ILine Dial(NetDevice device, Platform platform, ILineObserver listener, Func<ILineObserver, ILine> ssh, Func<int, ILineObserver, ILine> telnet)
    {
        if (!May(device, platform))
            return ssh(listener);

        var port = PortOf(device.Fields.GetValueOrDefault(PortField)) ?? 23;
        var line = new FallbackLine(
            ssh, observer => telnet(port, observer), listener,
            why => told?.Invoke($"{device.Name}: {why} Telnet is used instead, as allowed; user name and password cross the network in clear."));
        line.Begin();
        return line;
    }

    private static bool? Said(string? text) => text?.Trim().ToLowerInvariant() switch { "yes" or "true" or "1" => true, "no" or "false" or "0" => false, _ => null };

    private static int? PortOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;
}
