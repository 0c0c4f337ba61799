using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Cli.Accounts;

/// <summary><c>trigger credentials</c>: the encrypted store.</summary>
internal sealed partial class CredentialsVerb
{
    private readonly StoreOptions store = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new CredentialsVerb();
        var command = new Command("credentials", "Keeps user names and passwords by realm in one encrypted file, for runs that are told nothing else.")
        {
            verb.List(), verb.Set(examples), verb.Remove(), verb.Rekey(), new ImportVerb(verb.store).Create(examples),
        };
        verb.store.AddTo(command);
        examples.Add(command, "trigger credentials set central --user alice\ntrigger credentials set local --on 'site=AMS' --user admin\ntrigger credentials import ~/.tacacsrc --key-file /etc/trigger/.tackf");
        return command;
    }

    /// <summary>Runs something that may find the store unusable.</summary>
    public static int Guarded(Func<int> act)
    {
        try
        {
            return act();
        }
        catch (CredentialStoreException problem)
        {
            Console.Error.WriteLine($"trigger: {problem.Message}");
            return ExitCode.BadInput;
        }
    }

    private Command List()
    {
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var list = new Command("list", "Shows realms, devices and user names, in the order in which they are tried; never a password.") { json };
        list.SetAction(line => Guarded(() =>
        {
            using var opened = store.Open(line).Store;
            if (line.GetValue(json))
            {
                WriteJson(opened.Entries);
                return ExitCode.AllWell;
            }

            if (opened.Entries.Count == 0)
            {
                Console.Error.WriteLine($"{store.Path(line)} holds no credentials yet. Add some: trigger credentials set central --user NAME");
                return ExitCode.AllWell;
            }

            var table = new Table().Border(TableBorder.None).AddColumns("realm", "on", "user", "enable");
            foreach (var entry in opened.Entries)
                table.AddRow(Markup.Escape(entry.Realm), Markup.Escape(entry.On), Markup.Escape(entry.UserName), entry.EnablePassword is null ? "same" : "own");
            AnsiConsole.Write(table);
            return ExitCode.AllWell;
        }));
        return list;
    }

    private static void WriteJson(IEnumerable<StoredCredential> entries)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var entry in entries)
        {
            using (var to = new Utf8JsonWriter(output))
            {
                to.WriteStartObject();
                to.WriteString("realm", entry.Realm);
                to.WriteString("on", entry.On);
                to.WriteString("user", entry.UserName);
                to.WriteBoolean("ownEnablePassword", entry.EnablePassword is not null);
                to.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }
    }

    private Command Set(Dictionary<Command, string> examples)
    {
        var realm = Realm();
        var on = new Option<string>("--on") { Description = "For which devices: a selection, as for 'trigger run'.", HelpName = "SELECTION", DefaultValueFactory = _ => "all" };
        var user = new Option<string?>("--user", "-u") { Description = "The user name; asked for when it is missing.", HelpName = "NAME" };
        var enable = new Option<bool>("--enable") { Arity = ArgumentArity.Zero, Description = "The enable password is another one." };
        var first = new Option<bool>("--first") { Arity = ArgumentArity.Zero, Description = "To be tried before all others." };
        var set = new Command("set", "Adds a realm or replaces it. The password is asked for, or read from standard input, a line; behind it the enable password.") { realm, on, user, enable, first };
        set.SetAction(line => Guarded(() =>
        {
            var name = line.GetValue(realm)!;
            if (!RealmName().IsMatch(name))
                throw new CredentialStoreException($"'{name}' is no name of a realm: letters, digits, '-', '_' and '.'.");

            var (opened, key) = store.Open(line);
            using var _ = opened;
            var login = line.GetValue(user) ?? Ask("User name: ");
            var password = Password("Password: ");
            using var entry = new StoredCredential(name, line.GetValue(on)!, login, password, line.GetValue(enable) ? Password("Enable password: ") : null);
            var changed = opened.With(entry);
            if (line.GetValue(first))
                changed = changed.First(name);
            changed.Save(store.Path(line), key);
            Console.Error.WriteLine($"{name} is in {store.Path(line)}.");
            return ExitCode.AllWell;
        }));
        examples.Add(set, "trigger credentials set local --on 'vendor=juniper site=AMS' --user admin --enable\ntrigger credentials set central --user alice < password.txt");
        return set;
    }

    private Command Remove()
    {
        var realm = Realm();
        var remove = new Command("remove", "Forgets a realm.") { realm };
        remove.SetAction(line => Guarded(() =>
        {
            var (opened, key) = store.Open(line);
            using var _ = opened;
            var name = line.GetValue(realm)!;
            if (opened.Entries.All(entry => entry.Realm != name))
                throw new CredentialStoreException($"There is no realm '{name}' in {store.Path(line)}; there are: {string.Join(", ", opened.Entries.Select(entry => entry.Realm))}.");
            opened.Without(name).Save(store.Path(line), key);
            return ExitCode.AllWell;
        }));
        return remove;
    }

    private Command Rekey()
    {
        var rekey = new Command("rekey", "Encrypts the store anew: with a passphrase (--passphrase), or with this machine's key.");
        rekey.SetAction(line => Guarded(() =>
        {
            var path = store.Path(line);
            if (!File.Exists(path))
                throw new CredentialStoreException($"{path}: there is no such store.");
            using var opened = store.Open(line).Store;
            var key = store.NewKey(line);
            opened.Save(path, key);
            Console.Error.WriteLine($"{path} is now opened by {(key is StoreKey.Passphrase ? "its new passphrase" : $"the key {key}")}.");
            return ExitCode.AllWell;
        }));
        return rekey;
    }

    private static Argument<string> Realm() => new("realm") { Description = "What the account belongs to: central, local, lab.", HelpName = "REALM" };

    private static string Ask(string question)
    {
        if (!SecretPrompt.CanAsk)
            throw new CredentialStoreException("There is no user name. Give it with --user.");
        Console.Error.Write(question);
        return Console.ReadLine()?.Trim() is { Length: > 0 } typed ? typed : throw new CredentialStoreException("There is no user name.");
    }

    private static Secret Password(string question)
    {
        var typed = Console.IsInputRedirected
            ? Console.In.ReadLine() is { Length: > 0 } given ? new Secret(given) : null
            : SecretPrompt.AskTwice(question, "Again: ");
        return typed ?? throw new CredentialStoreException(Console.IsInputRedirected ? "Standard input holds no password." : "The two passwords differ, or there is none.");
    }

    [GeneratedRegex("^[A-Za-z0-9._-]+$")]
    private static partial Regex RealmName();
}
