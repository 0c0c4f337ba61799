using Trigger.Kernel.Hosting;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>actor …</c>.</summary>
internal static class ActorCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("actor", "hierarchy", "[-d DEPTH] [-s PATH]", "The tree of actors of now: messages waiting, restarts.", Role.Viewer, call =>
        {
            var tree = ActorTree.Of(node.System, call["s"], call.Number("d", 4));
            return tree.Count == 0 ? throw new CommandException($"There is no actor {call["s"]}.") : tree.Select(actor => new CommandLine(
                $"{new string(' ', actor.Depth * 2)}{(actor.Depth == 0 ? actor.Path : actor.Path[(actor.Path.LastIndexOf('/') + 1)..])} ({actor.Type}) waiting {actor.Waiting}"
                    + $"{(actor.Restarts > 0 ? $", restarts {actor.Restarts}" : "")}{(actor.Children > 0 ? $", children {actor.Children}" : "")}",
                actor));
        });
        yield return CommandDefinition.Of("actor", "system", "", "The actor system.", Role.Viewer, _ =>
            [new CommandLine($"{node.System.Name}, up {node.System.Uptime:d\\.hh\\:mm\\:ss}", new { name = node.System.Name, uptimeSeconds = node.System.Uptime.TotalSeconds })]);
    }
}
