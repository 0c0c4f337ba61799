using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;

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
            if (!json)
                Console.WriteLine($"{device.Name}  {platform.Id}  {device.Protocol.ToString().ToLowerInvariant()} {device.Host}{(device.Port is { } port ? $":{port}" : "")}");
            foreach (var command in spec.Commands)
            {
                if (json)
                    Write(output, device, platform, command);
                else
                    Console.WriteLine($"    {(platform.MayRepeat(command) ? "reads  " : "changes")}  {command}");
            }
        }

        if (!json)
            Console.WriteLine($"{devices.Count} devices, {spec.Commands.Count} commands; nothing was sent.");
        return ExitCode.AllWell;
    }

    private static void Write(Stream output, NetDevice device, Platform platform, string command)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("device", device.Name);
            json.WriteString("platform", platform.Id);
            json.WriteString("command", command);
            json.WriteBoolean("changes", !platform.MayRepeat(command));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
