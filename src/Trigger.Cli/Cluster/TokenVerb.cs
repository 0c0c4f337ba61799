using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Tools;
using Trigger.Node;
using Trigger.Node.Security;

namespace Trigger.Cli.Cluster;

/// <summary><c>trigger token</c>: who may use the API of a cluster. Works on the database, so the first token needs no other.</summary>
internal static class TokenVerb
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3650);

    public static Command Create(Dictionary<Command, string> examples)
    {
        var store = StoreOption.Create();
        var token = new Command("token", "Tokens for the API and console of a cluster: create, list, revoke.") { CreateToken(store), List(store), Revoke(store) };
        examples.Add(token, "trigger token create ci --role operator --expires 90d --store postgres://trigger@127.0.0.1/trigger\ntrigger token list");
        return token;
    }

    private static Command CreateToken(Option<StatePlace> store)
    {
        var name = new Argument<string>("name") { Description = "Whose it is; for the audit trail.", HelpName = "NAME" };
        var role = new Option<string>("--role") { Description = "viewer, operator or admin.", HelpName = "ROLE", DefaultValueFactory = _ => "viewer" };
        var expires = new Option<string?>("--expires") { Description = "How long it counts: 12h, 90d. Default: for ever.", HelpName = "TIME" };
        var create = new Command("create", "Makes a token and prints it; nobody can tell it a second time.") { name, role, expires, store };
        create.SetAction(async (line, _) =>
        {
            var mistakes = new Mistakes();
            if (!Enum.TryParse<Role>(line.GetValue(role), ignoreCase: true, out var wanted))
                mistakes.Add($"--role is '{line.GetValue(role)}'; it must be viewer, operator or admin.");
            TimeSpan? life = null;
            if (line.GetValue(expires) is { } text && (life = Durations.Read(text, LongestLife)) is null)
                mistakes.Add($"--expires is '{text}'; it must be a time such as 12h or 90d, at most ten years.");
            if (mistakes.Any)
                return mistakes.Say(Console.Error);

            using var administration = Administration.Open(line.GetValue(store)!.Address);
            await administration.Audit.Record(new Caller(Environment.UserName, Role.Admin, "shell"), "token-created", line.GetValue(name)!, $"role {wanted.ToString().ToLowerInvariant()}");
            var (made, _) = administration.Tokens.Create(line.GetValue(name)!, wanted, life, Environment.UserName);
            Console.WriteLine(made);
            return ExitCode.AllWell;
        });
        return create;
    }

    private static Command List(Option<StatePlace> store)
    {
        var list = new Command("list", "Tokens, without what they are made of.") { store };
        list.SetAction(line =>
        {
            using var administration = Administration.Open(line.GetValue(store)!.Address);
            var rows = administration.Tokens.All().Select(token => (IReadOnlyList<string>)
            [
                token.Id, token.Name, token.Role, $"{token.At.UtcDateTime:yyyy-MM-dd}", token.By,
                token.Revoked is { } revoked ? $"revoked {revoked.UtcDateTime:yyyy-MM-dd}" : token.Expires is { } expires ? $"until {expires.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "for ever",
            ]).ToList();
            Console.Write(TextTable.Of(["id", "name", "role", "made", "by", "counts"], rows));
            return ExitCode.AllWell;
        });
        return list;
    }

    private static Command Revoke(Option<StatePlace> store)
    {
        var id = new Argument<string>("id") { Description = "As 'token list' tells it.", HelpName = "ID" };
        var revoke = new Command("revoke", "Takes a token back, at once and everywhere.") { id, store };
        revoke.SetAction(async (line, _) =>
        {
            using var administration = Administration.Open(line.GetValue(store)!.Address);
            await administration.Audit.Record(new Caller(Environment.UserName, Role.Admin, "shell"), "token-revoked", line.GetValue(id)!);
            if (administration.Tokens.Revoke(line.GetValue(id)!))
                return ExitCode.AllWell;

            Console.Error.WriteLine($"trigger: there is no token '{line.GetValue(id)}' that still counts.");
            return ExitCode.BadInput;
        });
        return revoke;
    }
}
