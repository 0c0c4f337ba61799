using Trigger.Node.Clustering;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>session …</c>.</summary>
internal static class SessionCommands
{
    private const int MostSteps = 10_000;

    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("session", "list", "", "The conversations with devices that are under way, or wait for their turn, on all nodes.", Role.Viewer, async _ =>
        {
            var survey = await node.AllTalks().ConfigureAwait(false);
            return survey.All.Select(talk => new CommandLine($"{talk.Device,-24} {talk.Platform,-16} on {talk.Node} for {(node.Time.GetUtcNow() - talk.Since).TotalSeconds:0} s: {talk.Id}, from {talk.Coordinator}", talk)).Concat(Silent(survey));
        });
        yield return CommandDefinition.Of("session", "show", "DEVICE", "Those with one device.", Role.Viewer, async call =>
        {
            var name = call.Only("which device");
            var survey = await node.AllTalks().ConfigureAwait(false);
            var talks = survey.All.Where(talk => talk.Device == name).ToArray();
            return talks.Length == 0 ? throw Nobody(survey, name) : talks.Select(talk => new CommandLine($"{talk.Device}: {talk.Id}, on {talk.Node}, from {talk.Coordinator}, since {talk.Since:O}", talk));
        });
        yield return CommandDefinition.Of("session", "kill", "DEVICE", "Resets the line to a device, on whichever node. A changing command that was under way is in doubt.", Role.Operator, async call =>
        {
            var name = call.Only("which device");
            await node.Audit.Record(call.Caller, "session-kill", name).ConfigureAwait(false);
            var survey = await node.StopTalk(name).ConfigureAwait(false);
            return survey.Stopped ? [new CommandLine($"{name}: the line was reset.", new { device = name, killed = true })] : throw Nobody(survey, name);
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

    private static IEnumerable<CommandLine> Silent(SessionSurvey.Survey survey) => survey.Silent.Select(name => new CommandLine($"{name} did not answer; its conversations are not in this list.", new { node = name, silent = true }));

    private static CommandException Nobody(SessionSurvey.Survey survey, string name) => new(
        $"Nobody talks to {name} now.{(survey.Silent.Count > 0 ? $" {string.Join(", ", survey.Silent)} did not answer." : "")}");
}
