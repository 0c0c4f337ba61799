using System.Text.Json;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Cli.Cluster;

/// <summary>A run that a cluster does, told as if it were done here.</summary>
internal static class ClusterRun
{
    private const string Last = "run-finished";

    /// <summary>Everything from the beginning of a run to its end.</summary>
    public static async IAsyncEnumerable<RunNews> News(ClusterClient cluster, string run)
    {
        RunSpec? spec = null;
        await foreach (var (kind, data) in cluster.Events($"api/runs/{Uri.EscapeDataString(run)}/events?output=true", Last))
        {
            switch (kind)
            {
                case "run-accepted":
                    spec = Spec(run, data);
                    break;

                case "devices-chosen":
                    var devices = new ChosenDevice[data.GetProperty("devices").GetInt32()];
                    Array.Fill(devices, new ChosenDevice("", ""));
                    yield return new RunNews.Began(spec!, devices, data.GetProperty("steps").GetInt32());
                    break;

                case "step-ended":
                    var device = new ChosenDevice(Text(data, "device")!, Text(data, "platform")!);
                    yield return new RunNews.StepEnded(device, data.GetProperty("step").GetInt32(), Text(data, "command")!, Outcome(data)) { Part = Enum.TryParse<ChangePart>(Text(data, "part"), ignoreCase: true, out var part) ? part : null };
                    if (data.GetProperty("deviceEnded").GetBoolean())
                        yield return new RunNews.DeviceEnded(device);
                    break;

                case "device-changed":
                    var changed = new ChosenDevice(Text(data, "device")!, Text(data, "platform")!);
                    yield return new RunNews.DeviceChanged(changed, data.GetProperty("ending").Deserialize<ChangeEnding>(JsonSerializerOptions.Web)!);
                    yield return new RunNews.DeviceEnded(changed);
                    break;

                case Last:
                    yield return new RunNews.Finished(Count(data, "accepted"), Count(data, "refused"), Count(data, "unknown")) { StoppedBecause = Text(data, "stoppedBecause") };
                    break;

                default:
                    if (Text(data, "text") is { } text && text != kind)
                        yield return new RunNews.Turned(Enum.TryParse<RunStanding>(Text(data, "standing"), out var standing) ? standing : RunStanding.Running, text);
                    break;
            }
        }
    }

    private static RunSpec Spec(string run, JsonElement data) => new()
    {
        Id = new RunId(run),
        Change = data.TryGetProperty("change", out var plan) && plan.ValueKind == JsonValueKind.Object ? ChangePlanJson.Read(plan) : null,
        Commands = [.. data.GetProperty("commands").EnumerateArray().Select(command => command.GetString()!)],
        Selection = Text(data, "selection")!,
        Inventory = [],
        Parallel = 1,
        AuthFailures = 1,
        At = data.GetProperty("at").GetDateTimeOffset(),
        By = Text(data, "by")!,
    };

    private static StepOutcome Outcome(JsonElement data) => new(
        Text(data, "verdict") switch { "accepted" => StepVerdict.Accepted, "refused" => StepVerdict.Refused, _ => StepVerdict.Unknown },
        Text(data, "faultKind"), Text(data, "faultText"), data.GetProperty("elapsedUs").GetInt64(), true) 
    {
        Output = Text(data, "output") ?? "",
        Notes = data.TryGetProperty("notes", out var notes) ? StepNotesJson.Read(notes.GetRawText()) : null,
    };

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Count(JsonElement data, string name) => data.GetProperty(name).GetInt32();
}
