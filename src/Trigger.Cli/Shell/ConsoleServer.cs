using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices;

namespace Trigger.Cli.Shell;

/// <summary>The console server's port behind which a device's console is, by the inventory's fields.</summary>
internal sealed record ConsoleServer(string Host, int Port, Protocol Protocol)
{
    /// <param name="protocol">What the command line says: "ssh", "telnet", or null for the field and, without it, for Telnet, as Trigger has it.</param>
    public static ConsoleServer? Of(NetDevice device, string? protocol, Mistakes mistakes)
    {
        var host = Field(device, "OOBTerminalServerFQDN") ?? Field(device, "OOBTerminalServerNodeName");
        var text = Field(device, "OOBTerminalServerTCPPort");
        if (host is null || text is null)
        {
            mistakes.Add($"{device.Name} has no console server: its row needs OOBTerminalServerFQDN and OOBTerminalServerTCPPort.");
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            mistakes.Add($"{device.Source}: OOBTerminalServerTCPPort is '{text}'; it must be a port.");
            return null;
        }

        switch ((protocol ?? Field(device, "OOBTerminalServerProtocol"))?.ToLowerInvariant())
        {
            case null or "telnet":
                return new ConsoleServer(host, port, Protocol.Telnet);
            case "ssh":
                return new ConsoleServer(host, port, Protocol.Ssh);
            case var other:
                mistakes.Add($"A console server is reached by telnet or ssh, not by '{other}'.");
                return null;
        }
    }

    private static string? Field(NetDevice device, string name) => device.Fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
