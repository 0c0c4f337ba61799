using System.Runtime.CompilerServices;
using System.Text.Json;
using Trigger.Node.Api;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>job …</c>.</summary>
internal static class JobCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("job", "run", "--on SELECTION COMMAND…", "Asks for a run, on whichever nodes own the devices.", Role.Operator, call => Run(node, call));
        yield return CommandDefinition.Of("job", "list", "[-n COUNT]", "The newest runs.", Role.Viewer, call => node.Records.Runs().Take(call.Number("n", 20)).Select(Line));
        yield return CommandDefinition.Of("job", "show", "RUN", "How a run stands.", Role.Viewer, call => [Line(Find(node, call))]);
        yield return new CommandDefinition("job", "follow", "RUN", "Follows a run to its end.", Role.Viewer, (call, cancel) => Follow(node, Find(node, call).Id, cancel));
        yield return CommandDefinition.Of("job", "results", "RUN [--failed] [-n COUNT]", "What devices answered.", Role.Viewer, call => node.Records.Outcomes(Find(node, call).Id)
            .Where(outcome => call["failed"] is null || outcome.Verdict != "accepted").Take(call.Number("n", 1000))
            .Select(outcome => new CommandLine($"== {outcome.Device}: {outcome.Command} ({outcome.Verdict}{(outcome.FaultText is { } why ? $": {why}" : "")})\n{outcome.Output.TrimEnd()}", outcome)));
        yield return CommandDefinition.Of("job", "parked", "[RUN]", "The questions of devices that wait for a person.", Role.Viewer, call => Parked(node, call));
        yield return CommandDefinition.Of("session", "parked", "", "The questions of devices that wait for a person.", Role.Viewer, call => Parked(node, call));
        yield return CommandDefinition.Of("job", "answer", "RUN DEVICE ANSWER… | RUN DEVICE --abort", "Answers a device's question, or takes it back. What is answered is kept on record.", Role.Operator, call => Answer(node, call));
        foreach (var (word, what) in new[] { ("pause", RunRequest.Pause), ("resume", RunRequest.Unpause), ("cancel", RunRequest.Cancel), ("approve", RunRequest.Approve) })
        {
            yield return CommandDefinition.Of("job", word, "RUN", $"{char.ToUpperInvariant(word[0])}{word[1..]}s a run.", Role.Operator, async call =>
            {
                var run = Find(node, call);
                if (run.State == "finished")
                    throw new CommandException($"Run {run.Id} has finished.");
                await node.Ask(run.Id, what, call.Caller).ConfigureAwait(false);
                return [new CommandLine($"{run.Id}: asked to {word}.", new { run = run.Id, asked = word })];
            });
        }
    }

    private static async Task<IEnumerable<CommandLine>> Run(NodeHost node, CommandCall call)
    {
        var order = new RunOrder { On = call["on"], Commands = [.. call.Words.Select(word => JsonSerializer.SerializeToElement(word))] };
        var (draft, mistakes) = node.Drafting().Read(order, call.Caller.Name);
        if (draft is null)
            throw new CommandException(string.Join('\n', mistakes.Select(mistake => $"{mistake.Field}: {mistake.Message}")));

        var (run, _) = await node.Accept(draft, null, call.Caller).ConfigureAwait(false);
        return [new CommandLine($"{run}: {draft.Devices.Count} devices. Follow it with: job follow {run}", new { run, devices = draft.Devices.Count })];
    }

    private static IEnumerable<CommandLine> Parked(NodeHost node, CommandCall call) => node.Records.Parked(call.Words.Count > 0 ? Find(node, call).Id : null)
        .Select(step => new CommandLine($"{step.Run}  {step.Device}  {step.Command}  until {step.Until:HH:mm:ss}Z\n    {step.Question}", step));

    private static async Task<IEnumerable<CommandLine>> Answer(NodeHost node, CommandCall call)
    {
        var abort = call["abort"] is not null;
        var said = call.Words.Skip(2).ToList();
        if (call.Words is not [var run, var device, ..] || (said.Count == 0) != abort)
            throw new CommandException("Say which run, which device, and an answer or --abort: job answer RUN DEVICE ANSWER");
        if (node.Records.Parked(run).FirstOrDefault(step => step.Device == device) is not { } parked)
            throw new CommandException($"'{device}' waits at no question in run '{run}'. See: job parked");
        if (await node.Answer(parked, abort ? null : string.Join(' ', said), call.Caller).ConfigureAwait(false) is { } why)
            throw new CommandException(why);
        return [new CommandLine($"{parked.Device}: {(abort ? "the question is taken back" : "answered")}.", new { run = parked.Run, device = parked.Device, aborted = abort })];
    }

    private static async IAsyncEnumerable<CommandLine> Follow(NodeHost node, string run, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var item in node.Follow(run, 0, output: false, cancel).ConfigureAwait(false))
        {
            if (item is not null && Text(item.Data) is { } text)
                yield return new CommandLine(text, new { kind = item.Kind, item.Seq, data = item.Data });
        }
    }

    private static string? Text(object data) => data switch
    {
        RunTape.ChangedData changed => $"{changed.Device}: {changed.Text}",
        RunTape.StepData step => $"{step.Device}: {step.Command}: {step.Verdict}{(step.FaultText is { } why ? $" ({why})" : "")}",
        RunTape.NoteData note => note.Text,
        RunTape.FinishedData end => $"finished: {end.Accepted} accepted, {end.Refused} refused, {end.Unknown} unknown{(end.StoppedBecause is { } why ? $"; stopped: {why}" : "")}",
        RunTape.ChosenData chosen => $"{chosen.Devices} devices, {chosen.Steps} steps",
        _ => null,
    };

    private static RunRecord Find(NodeHost node, CommandCall call) =>
        call.Only("which run") is var id && node.Records.Run(id) is { } run ? run : throw new CommandException($"There is no run '{id}', or more than one begins like that.");

    private static CommandLine Line(RunRecord run) => new(
        $"{run.Id}  {run.State,-18} {run.Devices,6} devices  {run.Accepted} accepted, {run.Refused} refused, {run.Unknown} unknown, {run.Open} open  {run.By}: {run.Selection}", run);
}
