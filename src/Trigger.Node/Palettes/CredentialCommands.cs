using Trigger.Node.Accounts;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>credential …</c>.</summary>
internal static class CredentialCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("credential", "list", "", "The cluster's accounts for its devices, in the order in which they are tried.", Role.Operator, _ => node.Accounts.All().Select(Line));
        yield return CommandDefinition.Of(
            "credential", "set", "REALM --user NAME [--on SELECTION] [--enable] [--first]", "Adds an account or replaces it; the password is asked for.", Role.Admin, async call =>
        {
            var realm = call.Only("which realm");
            var own = call["enable"] is not null;
            var secrets = own ? call.Secrets("Password: ", "Enable password: ") : call.Secrets("Password: ");
            return [Line(await node.Accounts.Set(realm, new AccountOrder(call["on"], call["user"], secrets[0], own ? secrets[1] : null, call["first"] is not null), call.Caller).ConfigureAwait(false))];
        });
        yield return CommandDefinition.Of("credential", "remove", "REALM", "Forgets an account.", Role.Admin, async call =>
        {
            var realm = call.Only("which realm");
            return await node.Accounts.Remove(realm, call.Caller).ConfigureAwait(false)
                ? [new CommandLine($"{realm}: removed.", new { realm, removed = true })]
                : throw new CommandException($"There is no account '{realm}'.");
        });
        yield return CommandDefinition.Of("credential", "rekey", "", "Encrypts all accounts with the first key of this node.", Role.Admin, async call =>
        {
            var (done, left) = await node.Accounts.Rekey(call.Caller).ConfigureAwait(false);
            return left.Count == 0
                ? [new CommandLine($"{done} accounts are encrypted anew.", new { done })]
                : throw new CommandException($"{done} accounts are encrypted anew. This node has no key for {string.Join(", ", left)}.");
        });
    }

    private static CommandLine Line(AccountRecord one) => new(
        $"{one.Realm,-16} {one.User,-16} {(one.OwnEnable ? "own enable" : "same enable"),-12} {one.On}{(one.Usable ? "" : "  (this node has no key for it)")}", one);
}
