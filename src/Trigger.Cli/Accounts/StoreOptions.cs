using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Cli.Accounts;

/// <summary>Which store, and what opens it.</summary>
internal sealed class StoreOptions
{
    private const string PassphraseVariable = "TRIGGER_STORE_PASSPHRASE";

    private readonly Option<string?> store = new("--store") { Description = "Default: $TRIGGER_CREDENTIALS, else ~/.config/trigger/credentials.", HelpName = "FILE", Recursive = true };

    private readonly Option<bool> passphrase = new("--passphrase")
    {
        Arity = ArgumentArity.Zero, Description = "A new store is opened by a passphrase (asked, or $TRIGGER_STORE_PASSPHRASE) instead of this machine's key.", Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Add(store);
        command.Add(passphrase);
    }

    public string Path(ParseResult line) => line.GetValue(store) ?? Places.CredentialStore();

    /// <summary>The store that is used when nothing else says who to be, or null when there is none.</summary>
    public static string? Default() => Places.CredentialStore() is var path && File.Exists(path) ? path : null;

    /// <summary>What opens a store that exists.</summary>
    /// <exception cref="CredentialStoreException">It is no store, or nobody is there to ask for its passphrase.</exception>
    public static StoreKey KeyOf(string path) =>
        CredentialStore.WantsPassphrase(path) ? new StoreKey.Passphrase(Passphrase(path, isNew: false)) : new StoreKey.MachineKey(Places.MachineKey());

    /// <summary>The store and its key; an empty one when there is none yet.</summary>
    public (CredentialStore Store, StoreKey Key) Open(ParseResult line)
    {
        var path = Path(line);
        if (!File.Exists(path))
            return (CredentialStore.Empty, NewKey(line));

        var key = KeyOf(path);
        return (CredentialStore.Open(path, key), key);
    }

    public StoreKey NewKey(ParseResult line) =>
        line.GetValue(passphrase) ? new StoreKey.Passphrase(Passphrase(Path(line), isNew: true)) : new StoreKey.MachineKey(Places.MachineKey());

    private static Secret Passphrase(string path, bool isNew)
    {
        if (Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } given)
            return new Secret(given);

        if (!SecretPrompt.CanAsk)
            throw new CredentialStoreException($"{path}: the store wants a passphrase, and nobody is there to ask. Set {PassphraseVariable}.");

        var typed = isNew ? SecretPrompt.AskTwice("New passphrase of the store: ", "Again: ") : SecretPrompt.Ask($"Passphrase of {path}: ");
        return typed ?? throw new CredentialStoreException($"{path}: {(isNew ? "the two passphrases differ, or there is none" : "no passphrase was given")}.");
    }
}
