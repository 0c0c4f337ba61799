using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>session …</c>.</summary>
internal static class SessionCommands
{
    private const int MostSteps = 10_000;

    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("session", "list", "", "The conversations with devices that this node is in.", Role.Viewer, async _ =>
            (await node.Talks().ConfigureAwait(false)).OrderBy(talk => talk.Device, StringComparer.Ordinal).Select(talk =>
                new CommandLine($"{talk.Device,-24} {talk.Platform,-16} {talk.Id}  for {(node.Time.GetUtcNow() - talk.Since).TotalSeconds:0} s, run on {talk.Coordinator}", talk)));
        yield return CommandDefinition.Of("session", "show", "DEVICE", "One of them.", Role.Viewer, async call =>
        {
            var name = call.Only("which device");
            var talks = (await node.Talks().ConfigureAwait(false)).Where(talk => talk.Device == name).ToArray();
            return talks.Length == 0 ? throw Elsewhere(node, name) : talks.Select(talk => new CommandLine($"{talk.Device}: {talk.Id}, since {talk.Since:O}", talk));
        });
        yield return CommandDefinition.Of("session", "kill", "DEVICE", "Resets the line to a device. A changing command that was under way is in doubt.", Role.Operator, async call =>
        {
            var name = call.Only("which device");
            await node.Audit.Record(call.Caller, "session-kill", name).ConfigureAwait(false);
            return await node.StopTalk(name).ConfigureAwait(false)
                ? [new CommandLine($"{name}: the line was reset.", new { device = name, killed = true })]
                : throw Elsewhere(node, name);
        });
        yield return CommandDefinition.Of("session", "transcript", "DEVICE [-n COUNT]", "What a device was sent by the newest runs and what it answered, on whichever node; the newest last.", Role.Viewer, call =>
        {
            var name = call.Only("which device");
            var said = node.Records.Runs().SelectMany(run => node.Records.Outcomes(run.Id, (name, -1), MostSteps).TakeWhile(outcome => outcome.Device == name).Reverse().Select(outcome => (Run: run, Outcome: outcome)))
                .Take(call.Number("n", 20)).Reverse().ToList();
            return said.Count == 0 ? throw new CommandException($"No run on record has talked to {name}.") : said.Select(one => new CommandLine(
                $"== {one.Run.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {one.Run.By}, run {one.Run.Id}: {one.Outcome.Command} ({one.Outcome.Verdict}{(one.Outcome.FaultText is { } why ? $": {why}" : "")})\n{one.Outcome.Output.TrimEnd()}",
                new { run = one.Run.Id, at = one.Run.At, by = one.Run.By, outcome = one.Outcome }));
        });
    }

    private static CommandException Elsewhere(NodeHost node, string name) => new(
        $"{node.Name} does not talk to {name} now.{(node.Inventory.Current.Find(name) is { } device && node.HomeOf(device) is { } home && home.Owner.Node != node.Name ? $" Its node is {home.Owner.Node}: ask there." : "")}");
}
