using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>lease …</c>, <c>journal …</c> and <c>audit …</c>.</summary>
internal static class LeaseCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("lease", "list", "", "This node's lease, and which shards are under it.", Role.Viewer, _ =>
        {
            var self = node.Cluster.SelfUniqueAddress;
            var left = node.Cluster.Gate.Left;
            return node.Cluster.Homes.Spaces.Order(StringComparer.Ordinal).Select(space => (Space: space, Own: node.Cluster.Homes.Rows(space).Count(row => row.Owner == self)))
                .Select(own => new CommandLine($"{own.Space,-24} {own.Own} shards", new { space = own.Space, shards = own.Own }))
                .Prepend(new CommandLine($"{self.Node}: {left.TotalSeconds:0.0} s left", new { node = self.Node, incarnation = self.Incarnation, leftSeconds = left.TotalSeconds }));
        });
        yield return CommandDefinition.Of("journal", "tail", "RUN [-n COUNT]", "The newest events of a run, as the journal has them.", Role.Viewer, async call =>
        {
            var run = call.Only("which run") is var id && node.Records.Run(id) is { } found ? found.Id : throw new CommandException($"There is no run '{id}', or more than one begins like that.");
            return (await node.JournalOf(run).ConfigureAwait(false)).TakeLast(call.Number("n", 20)).Select(happened =>
                new CommandLine($"{happened.Seq,6} {happened.Kind,-16} {happened.Body}", new { seq = happened.Seq, kind = happened.Kind, body = happened.Body }));
        });
        yield return CommandDefinition.Of("audit", "tail", "[-n COUNT]", "The newest lines of the audit trail.", Role.Admin, call => node.Audit.Newest(call.Number("n", 20)).Reverse()
            .Select(line => new CommandLine($"{line.Seq,6} {line.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {line.Who}@{line.Origin} {line.What} {line.Target} {line.Detail}", line)));
    }
}
