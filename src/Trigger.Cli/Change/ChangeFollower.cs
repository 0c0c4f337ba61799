using System.Text;
using System.Text.Json;
using Trigger.Cli.Netconf;
using Trigger.Jobs;

namespace Trigger.Cli.Change;

/// <summary>Follows a change to its end: for each device what was different, and what it was left with.</summary>
/// <param name="copies">Where the configurations from before are written; null for nowhere.</param>
/// <param name="cluster">The address of the cluster that does it; null when it is done here.</param>
internal sealed class ChangeFollower(RunId run, string? copies, bool json, string? cluster = null)
{
    // Lines of a configuration are for people, too: "+" stays "+".
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, Told> devices = new(StringComparer.Ordinal);
    private readonly Dictionary<ChangeEnd, int> ends = [];
    private ChangePlan? plan;

    public async Task<int> Follow(IAsyncEnumerable<RunNews> told)
    {
        await foreach (var news in told)
        {
            switch (news)
            {
                case RunNews.Began began:
                    plan = began.Spec.Change;
                    Console.Error.WriteLine($"run {run}: {began.Devices.Count} devices");
                    break;

                case RunNews.StepEnded ended:
                    Hear(ended);
                    break;

                case RunNews.DeviceChanged changed:
                    Tell(changed);
                    break;

                case RunNews.Turned turned:
                    Console.Error.WriteLine($"run {turned.Text}");
                    break;

                case RunNews.Finished finished:
                    return End(finished);

                case RunNews.Declined declined:
                    Console.Error.WriteLine($"trigger: {declined.Reason}");
                    return ExitCode.BadInput;

                case RunNews.Broke broke:
                    Console.Error.WriteLine($"trigger: {broke.Reason} When the cause is gone: trigger job resume {run}");
                    return ExitCode.InDoubt;
            }
        }

        Console.Error.WriteLine($"trigger: the run ended without a word. Look with: {Look("show")}");
        return ExitCode.InDoubt;
    }

    private string Look(string how) => cluster is null ? $"trigger job {how} {run}" : $"pbm {cluster} job {how} {run}";

    private void Hear(RunNews.StepEnded ended)
    {
        if (!devices.TryGetValue(ended.Device.Name, out var told))
            devices.Add(ended.Device.Name, told = new Told());

        var (outcome, whole) = (ended.Outcome, ended.Outcome.Verdict == StepVerdict.Accepted);
        switch (ended.Part)
        {
            case ChangePart.Copy when whole:
                told.Before.Append(outcome.Output);
                if (copies is not null && ++told.Copied == plan!.Recipes[ended.Device.Platform].Of(ChangePart.Copy).Count)
                    Keep(ended.Device.Name, told.Before.ToString());
                break;
            case ChangePart.Look when whole:
                told.After.Append(outcome.Output);
                break;
            case ChangePart.Compare when whole:
                told.Compared.Append(outcome.Output);
                break;
        }

        if (!whole)
            told.Faults.Add($"{(outcome.Verdict == StepVerdict.Unknown ? "in doubt: " : "")}{ended.Command}: {outcome.FaultText}");
    }

    private void Tell(RunNews.DeviceChanged changed)
    {
        devices.Remove(changed.Device.Name, out var told);
        told ??= new Told();
        ends[changed.Ending.End] = ends.GetValueOrDefault(changed.Ending.End) + 1;
        var recipe = plan!.Recipes[changed.Device.Platform];
        var diff = Difference(recipe, told);
        if (json)
        {
            Write(changed, diff, told);
            return;
        }

        Console.WriteLine($"== {changed.Device.Name}: {changed.Ending}");
        foreach (var line in diff)
            Console.WriteLine(line);
        // The first says what went wrong; those behind it were not sent for its sake.
        foreach (var fault in told.Faults.Take(1))
            Console.WriteLine($"!! {fault}");
    }

    private static IReadOnlyList<string> Difference(ChangeRecipe recipe, Told told)
    {
        if (told.Compared.Length > 0 && recipe.Candidate)
            return recipe.ShowsNothing(told.Compared.ToString()) ? [] : told.Compared.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        return told is { Before.Length: > 0, After.Length: > 0 } ? LineDiff.Of([.. recipe.LinesOf(told.Before.ToString())], [.. recipe.LinesOf(told.After.ToString())]) : [];
    }

    private int End(RunNews.Finished finished)
    {
        Console.Error.WriteLine($"run {run}: {(ends.Count == 0 ? "nothing was changed" : string.Join(", ", ends.OrderBy(end => end.Key).Select(end => $"{end.Value} {new ChangeEnding(end.Key, "").Word}")))}");
        if (finished.StoppedBecause is { } why)
            Console.Error.WriteLine($"trigger: the run stopped: {why}");
        if (finished.Refused + finished.Unknown > 0)
            Console.Error.WriteLine($"trigger: every line and answer is on record: {Look("results")}");
        var bad = finished.Refused + (finished.StoppedBecause is null ? 0 : 1) + ends.GetValueOrDefault(ChangeEnd.RolledBack) + ends.GetValueOrDefault(ChangeEnd.TimerUndoes) + ends.GetValueOrDefault(ChangeEnd.Unverified);
        return ExitCode.Of(bad, finished.Unknown + ends.GetValueOrDefault(ChangeEnd.InDoubt));
    }

    // Whole or not at all: half a configuration must never be taken for one.
    private void Keep(string device, string configuration)
    {
        Directory.CreateDirectory(copies!);
        var path = Path.Combine(copies!, $"{Output.OutputFolder.Safe(device)}.conf");
        File.WriteAllText(path + ".part", configuration);
        File.Move(path + ".part", path, overwrite: true);
    }

    private void Write(RunNews.DeviceChanged changed, IReadOnlyList<string> diff, Told told)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("run", run.Value);
            writer.WriteString("device", changed.Device.Name);
            writer.WriteString("platform", changed.Device.Platform);
            writer.WriteString("end", changed.Ending.Word);
            writer.WriteBoolean("ok", changed.Ending.Well);
            writer.WriteString("why", changed.Ending.Why);
            if (changed.Ending.BackBy is { } at)
                writer.WriteString("backBy", at);
            writer.WriteString("diff", string.Join('\n', diff));
            writer.WriteStartArray("faults");
            foreach (var fault in told.Faults)
                writer.WriteStringValue(fault);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private sealed class Told
    {
        public StringBuilder Before { get; } = new();

        public StringBuilder After { get; } = new();

        public StringBuilder Compared { get; } = new();

        public List<string> Faults { get; } = [];

        public int Copied { get; set; }
    }
}
