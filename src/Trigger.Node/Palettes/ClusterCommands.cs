using Trigger.Cluster.Membership;
using Trigger.Node.Clustering;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>cluster …</c> and <c>cluster-sharding …</c>, in Petabridge.Cmd's words where there are any.</summary>
internal static class ClusterCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("cluster", "show", "", "Every member: address, roles, status, version.", Role.Viewer, _ => Members(node, _ => true));
        yield return CommandDefinition.Of("cluster", "members", "", "The same.", Role.Viewer, _ => Members(node, _ => true));
        yield return CommandDefinition.Of("cluster", "status", "", "This node as a member.", Role.Viewer, _ => [Line(node, node.Cluster.SelfMember)]);
        yield return CommandDefinition.Of("cluster", "leader", "", "Who decides which shard belongs where.", Role.Viewer, _ => [new CommandLine(node.Cluster.State.Leader?.Node ?? "nobody", new { leader = node.Cluster.State.Leader?.Node })]);
        yield return CommandDefinition.Of("cluster", "roles", "", "The roles there are, and who has them.", Role.Viewer, _ => node.Cluster.State.AllRoles.Select(role =>
        {
            var names = node.Cluster.State.Members.Where(member => member.HasRole(role)).Select(member => member.Id.Node).Order(StringComparer.Ordinal).ToArray();
            return new CommandLine($"{role}: {string.Join(", ", names)}", new { role, nodes = names });
        }));
        yield return CommandDefinition.Of("cluster", "join", "", "Says why nodes need not be told to join.", Role.Viewer, _ =>
            [new CommandLine("Nodes join by themselves: start one with the same node.store. A node that has left or is down joins when it is started again.")]);
        yield return CommandDefinition.Of("cluster", "leave", "[NODE]", "Lets a node (this one) hand everything over and leave.", Role.Admin, async call =>
        {
            var name = call.Words.Count == 0 ? node.Name : call.Only("which node");
            await node.Audit.Record(call.Caller, "node-leave", name).ConfigureAwait(false);
            // This node answers before it is gone.
            var told = name == node.Name ? Begin(node) : await node.Cluster.LeaveAsync(name).ConfigureAwait(false);
            return told ? [new CommandLine($"{name} hands over what it has and leaves.", new { node = name, leaving = true })] : throw new CommandException($"There is no member {name} that can leave.");
        });
        yield return CommandDefinition.Of("cluster", "down", "NODE", "Declares a node down that nobody can reach; its work moves when its lease has certainly run out.", Role.Admin, async call =>
        {
            var name = call.Only("which node");
            await node.Audit.Record(call.Caller, "node-down", name).ConfigureAwait(false);
            return await node.Cluster.DownAsync(name).ConfigureAwait(false)
                ? [new CommandLine($"{name} is down.", new { node = name, down = true })]
                : throw new CommandException($"There is no member {name} that can be declared down.");
        });
        yield return CommandDefinition.Of("cluster", "down-unreachable", "", "Declares every member down whose lease was not renewed for a while.", Role.Admin, async call =>
        {
            var lines = new List<CommandLine>();
            foreach (var member in node.Cluster.State.Unreachable)
            {
                await node.Audit.Record(call.Caller, "node-down", member.Id.Node).ConfigureAwait(false);
                if (await node.Cluster.DownAsync(member.Id.Node).ConfigureAwait(false))
                    lines.Add(new CommandLine($"{member.Id.Node} is down.", new { node = member.Id.Node, down = true }));
            }

            return lines.Count > 0 ? lines : [new CommandLine("Every member can be reached.")];
        });
        yield return CommandDefinition.Of("cluster-sharding", "regions", "", "Every space of shards, and how many each node owns.", Role.Viewer, _ => Regions(node));
        yield return CommandDefinition.Of("cluster-sharding", "shards", "[SPACE]", "Every shard: its owner and epoch.", Role.Viewer, call => node.Cluster.Homes.Spaces.Order(StringComparer.Ordinal)
            .Where(space => call.Words.Count == 0 || space == call.Words[0]).SelectMany(node.Cluster.Homes.Rows).Select(row =>
                new CommandLine($"{row.Shard,-24} {row.Owner?.Node ?? "-",-20} epoch {row.Epoch}{(row.Wanted != row.Owner ? $" → {row.Wanted?.Node}" : "")}",
                    new { space = row.Shard.Space, shard = row.Shard.Number, owner = row.Owner?.Node, epoch = row.Epoch, wanted = row.Wanted?.Node })));
        yield return CommandDefinition.Of("cluster-sharding", "entities", "", "What this node holds: runs it coordinates and devices it talks to.", Role.Viewer, async _ =>
            (await node.Coordinated().ConfigureAwait(false)).Select(run => new CommandLine($"{RunKeeper.Space}  {run}", new { space = RunKeeper.Space, entity = run }))
                .Concat((await node.Talks().ConfigureAwait(false)).Select(talk => new CommandLine($"{DeviceShards.Space}  {talk.Device}", new { space = DeviceShards.Space, entity = talk.Device }))));
    }

    private static bool Begin(NodeHost node)
    {
        node.Cluster.Leave();
        return true;
    }

    private static IEnumerable<CommandLine> Members(NodeHost node, Func<Member, bool> which)
    {
        var members = node.Cluster.State.Members.Where(which).OrderBy(member => member.Number).ToArray();
        foreach (var member in members)
            yield return Line(node, member);
        yield return new CommandLine($"Count: {members.Length} nodes");
    }

    private static CommandLine Line(NodeHost node, Member member)
    {
        var away = node.Cluster.State.Unreachable.Any(other => other.Id == member.Id);
        return new CommandLine(
            $"{member.Id.Node} | {member.Address} | [{string.Join(',', member.Roles)}] | {member.Status.ToString().ToLowerInvariant()}{(away ? " (unreachable)" : "")} | {member.Version}",
            new { node = member.Id.Node, incarnation = member.Id.Incarnation, address = member.Address, roles = member.Roles, sites = member.Sites, status = member.Status.ToString().ToLowerInvariant(), unreachable = away, version = member.Version });
    }

    private static IEnumerable<CommandLine> Regions(NodeHost node)
    {
        foreach (var space in node.Cluster.Homes.Spaces.Order(StringComparer.Ordinal))
        {
            foreach (var owner in node.Cluster.Homes.Rows(space).GroupBy(row => row.Owner?.Node ?? "-").OrderBy(group => group.Key, StringComparer.Ordinal))
                yield return new CommandLine($"{space,-20} {owner.Key,-20} shards: {owner.Count()}", new { space, node = owner.Key, shards = owner.Count() });
        }
    }
}
