using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Sessions;
using Trigger.Wire.Netconf;

namespace Trigger.Cli.Run;

/// <summary><c>--dry-run</c>: what would be sent where, in which batch, of which kind each command is, and what would be waited for.</summary>
internal static class DryRun
{
    public static int Show(RunSpec spec, RunEvent.DevicesChosen plan, IReadOnlyList<NetDevice> devices, PlatformCatalog catalog, bool json)
    {
        using var output = Console.OpenStandardOutput();
        var hours = plan.Windows?.Select(window => window.Build()).ToArray() ?? [];
        var batches = plan.Devices.Count == 0 ? 0 : plan.Devices[^1].Batch + 1;
        for (var number = 0; number < devices.Count; number++)
        {
            var (device, place) = (devices[number], plan.Devices[number]);
            if (!json && batches > 1 && (number == 0 || plan.Devices[number - 1].Batch != place.Batch))
                Console.WriteLine($"-- {RunBatches.Name(spec.Policy, place.Batch, batches)}: {plan.Devices.Count(other => other.Batch == place.Batch)} devices");
            var platform = catalog.Get(device.Platform);
            var opens = place.Window is { } window ? hours[window].NextOk(spec.Policy!.Window!.Value, spec.At) : (DateTimeOffset?)null;
            if (!json)
                Console.WriteLine($"{device.Name}  {platform.Id}  {Way(spec, device)}{Conditions(spec, place, opens)}");
            for (var step = 0; step < spec.CommandsOf(place).Count; step++)
            {
                var (command, answers) = (spec.CommandsOf(place)[step], spec.Step(place, step).Answers);
                var reads = answers is null && CommandKind.Reads(spec.Language, platform, command);
                if (json)
                    Write(output, device, platform, place.Batch, opens, command, reads);
                else
                    Console.WriteLine($"    {(reads ? "reads  " : "changes")}  {command}");
                foreach (var answer in json ? [] : answers ?? [])
                    Console.WriteLine($"             when asked '{answer.Expect}': {answer.Answer}");
            }
        }

        if (!json)
        {
            Rules(spec);
            Console.WriteLine($"{devices.Count} devices, {spec.AllCommands.Count} commands; nothing was sent.");
        }

        return ExitCode.AllWell;
    }

    private static string Way(RunSpec spec, NetDevice device)
    {
        var netconf = spec.Language == SessionLanguage.Netconf;
        var port = netconf ? NetconfDialer.PortOf(device) ?? NetconfRoute.SshPort : device.Port;
        return $"{(netconf ? "netconf" : device.Protocol.ToString().ToLowerInvariant())} {device.Host}{(port is null ? "" : $":{port}")}";
    }

    private static string Conditions(RunSpec spec, ChosenDevice place, DateTimeOffset? opens) =>
        (place.Group is { } group ? $"  one at a time of '{group.Trim()}'" : "")
        + (opens is not { } at ? "" : at <= spec.At ? "  window open" : $"  not before {at.UtcDateTime:yyyy-MM-dd HH:mm}Z");

    private static void Rules(RunSpec spec)
    {
        if (spec.Policy is not { } policy)
            return;

        if (policy.Approval)
            Console.WriteLine($"Nothing would be sent before somebody else than {spec.By} approves.");
        if (policy.WindowOverride is { } reason)
            Console.WriteLine($"Windows would not be kept: {reason}");
        if (policy.HasBatches && policy.Rest is { } rest)
            Console.WriteLine($"After each batch: {rest.TotalSeconds:0.#} s to settle.");
        foreach (var check in policy.Checks ?? [])
            Console.WriteLine($"After each batch: '{check.Command}' {(check.MustMatch ? "must" : "must not")} show '{check.Pattern}' on {(policy.CheckOn is { } named ? string.Join(", ", named) : "its devices")}.");
        if (policy.FailureLimit is { } limit)
            Console.WriteLine($"It would stop when more than {limit} devices fail.");
        if (policy.Retries > 0)
            Console.WriteLine($"A device would be tried again up to {policy.Retries} times, as long as nothing but reading commands were sent.");
        if (policy.Deadline is { } deadline)
            Console.WriteLine($"Nothing would be begun after {deadline.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.");
    }

    private static void Write(Stream output, NetDevice device, Platform platform, int batch, DateTimeOffset? opens, string command, bool reads)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("device", device.Name);
            json.WriteString("platform", platform.Id);
            json.WriteString("command", command);
            json.WriteBoolean("changes", !reads);
            json.WriteNumber("batch", batch);
            if (opens is { } at)
                json.WriteString("not_before", at);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
