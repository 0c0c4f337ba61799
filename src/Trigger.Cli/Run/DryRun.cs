using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Sessions;
using Trigger.Wire.Netconf;

namespace Trigger.Cli.Run;

/// <summary><c>--dry-run</c>: what would be sent where, and of which kind each command is.</summary>
internal static class DryRun
{
    public static int Show(RunSpec spec, IReadOnlyList<NetDevice> devices, PlatformCatalog catalog, bool json)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var device in devices)
        {
            var platform = catalog.Get(device.Platform);
            var port = spec.Language == SessionLanguage.Netconf ? NetconfDialer.PortOf(device) ?? NetconfRoute.SshPort : device.Port;
            var protocol = spec.Language == SessionLanguage.Netconf ? "netconf" : device.Protocol.ToString().ToLowerInvariant();
            if (!json)
                Console.WriteLine($"{device.Name}  {platform.Id}  {protocol} {device.Host}{(port is null ? "" : $":{port}")}");
            foreach (var command in spec.Commands)
            {
                var reads = CommandKind.Reads(spec.Language, platform, command);
                if (json)
                    Write(output, device, platform, command, reads);
                else
                    Console.WriteLine($"    {(reads ? "reads  " : "changes")}  {command}");
            }
        }

        if (!json)
            Console.WriteLine($"{devices.Count} devices, {spec.Commands.Count} commands; nothing was sent.");
        return ExitCode.AllWell;
    }

    private static void Write(Stream output, NetDevice device, Platform platform, string command, bool reads)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("device", device.Name);
            json.WriteString("platform", platform.Id);
            json.WriteString("command", command);
            json.WriteBoolean("changes", !reads);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
