using Trigger.Node.HostKeys;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>host-key …</c>.</summary>
internal static class HostKeyCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("host-key", "list", "[--state trusted|waiting|rejected|replaced]", "SSH host keys of the cluster.", Role.Viewer, call => Told(() => node.HostKeys.All(call["state"]).Select(Line).ToList()));
        yield return CommandDefinition.Of("host-key", "show", "ID|HOST|DEVICE", "What is known of a host.", Role.Viewer, call =>
            node.HostKeys.Find(call.Only("which key, host or device")) is { Count: > 0 } found
                ? found.SelectMany(key => new[] { Line(key), new CommandLine($"  {key.Host} {key.Type} {key.Key}", new { key = key.Key }) })
                : throw new CommandException($"No host key is known by '{call.Words[0]}'."));
        yield return CommandDefinition.Of("host-key", "approve", "ID|HOST|DEVICE", "Trusts the key that waits, in the place of the one before.", Role.Admin, async call =>
            [Line(await Asked(() => node.HostKeys.Approve(call.Only("which key"), call.Caller)).ConfigureAwait(false))]);
        yield return CommandDefinition.Of("host-key", "reject", "ID|HOST|DEVICE", "Trusts a key never, or no more.", Role.Admin, async call =>
            [Line(await Asked(() => node.HostKeys.Reject(call.Only("which key"), call.Caller)).ConfigureAwait(false))]);
        yield return CommandDefinition.Of("host-key", "forget", "HOST|DEVICE", "Forgets a host; the next key that it shows is its first.", Role.Admin, async call =>
        {
            var forgotten = await Asked(() => node.HostKeys.Forget(call.Only("which host"), call.Caller)).ConfigureAwait(false);
            return [new CommandLine($"{call.Words[0]}: {forgotten} forgotten.", new { host = call.Words[0], forgotten })];
        });
    }

    private static T Told<T>(Func<T> tell)
    {
        try
        {
            return tell();
        }
        catch (OrderRefusedException refused)
        {
            throw Refused(refused);
        }
    }

    private static async Task<T> Asked<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (OrderRefusedException refused)
        {
            throw Refused(refused);
        }
    }

    private static CommandException Refused(OrderRefusedException refused) => new(string.Join('\n', refused.Mistakes.Select(mistake => mistake.Message)));

    private static CommandLine Line(HostKeyRecord key) => new(
        $"{key.Id}  {key.State,-8}  {key.Host}  {key.Type} {key.Fingerprint}  seen {key.SeenAt:u} by {key.SeenBy}{(key.DecidedBy is { } by ? $"  decided {key.DecidedAt:u} by {by}" : "")}", key);
}
