using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>session …</c>.</summary>
internal static class SessionCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("session", "list", "", "The conversations with devices that this node is in.", Role.Viewer, async _ =>
            (await node.Talks().ConfigureAwait(false)).OrderBy(talk => talk.Device, StringComparer.Ordinal).Select(talk =>
                new CommandLine($"{talk.Device,-24} {talk.Platform,-16} {talk.Id}  for {(node.Time.GetUtcNow() - talk.Since).TotalSeconds:0} s, run on {talk.Coordinator}", talk)));
        yield return CommandDefinition.Of("session", "show", "DEVICE", "One of them.", Role.Viewer, async call =>
        {
            var name = call.Only("which device");
            var talks = (await node.Talks().ConfigureAwait(false)).Where(talk => talk.Device == name).ToArray();
            return talks.Length == 0 ? throw new CommandException($"{node.Name} does not talk to {name} now.") : talks.Select(talk => new CommandLine($"{talk.Device}: {talk.Id}, since {talk.Since:O}", talk));
        });
        yield return CommandDefinition.Of("session", "kill", "DEVICE", "Resets the line to a device. A changing command that was under way is in doubt.", Role.Operator, async call =>
        {
            var name = call.Only("which device");
            await node.Audit.Record(call.Caller, "session-kill", name).ConfigureAwait(false);
            return await node.StopTalk(name).ConfigureAwait(false)
                ? [new CommandLine($"{name}: the line was reset.", new { device = name, killed = true })]
                : throw new CommandException($"{node.Name} does not talk to {name} now.");
        });
    }
}
