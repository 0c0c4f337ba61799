using System.CommandLine;
using Trigger.Cli.Accounts;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Wire.Ssh;
using Trigger.Wire;

namespace Trigger.Cli.Input;

/// <summary>Who to be. Secrets come from the environment, a file or the keyboard, never from an argument: arguments are seen by everybody on the machine.</summary>
internal sealed class CredentialOptions
{
    private readonly Option<string?> user = new("--user", "-u") { Description = "Log in as NAME. Default: $TRIGGER_USERNAME.", HelpName = "NAME" };

    private readonly Option<string?> file = new("--credentials")
    {
        Description = "A file of mode 0600 with username, password, enable, private-key, passphrase, agent.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> identity = new("--identity") { Description = "A private key for SSH.", HelpName = "FILE" };

    private readonly Option<bool> agent = new("--agent") { Arity = ArgumentArity.Zero, Description = "Let the SSH agent offer its keys." };

    private readonly Option<bool> ask = new("--ask", "-k") { Arity = ArgumentArity.Zero, Description = "Ask for the password, and for the enable password." };

    /// <param name="longOnly">Where the short names mean something else: Trigger's own tools.</param>
    public void AddTo(Command command, bool longOnly = false)
    {
        if (longOnly)
        {
            user.Aliases.Clear();
            ask.Aliases.Clear();
        }

        command.Add(user);
        command.Add(file);
        command.Add(identity);
        command.Add(agent);
        command.Add(ask);
    }

    /// <summary>Who to be on one device: all that fit it, in the order in which they are tried, at least one. Null when there are mistakes.</summary>
    public CredentialBook? ForOne(ParseResult line, NetDevice device, Mistakes mistakes)
    {
        if (Book(line, new NetDevices([device]), mistakes) is not { } book)
            return null;

        if (book.For(device).Count > 0)
            return book;

        book.Dispose();
        mistakes.Add(NoneFits(device));
        return null;
    }

    /// <summary>The store that <see cref="Book"/> reads, or null when something else says who to be.</summary>
    public string? Store(ParseResult line) => SaysWho(line) ? null : StoreOptions.Default();

    public static string NoneFits(NetDevice device) => $"None of the stored credentials is for {device.Name}. See 'trigger credentials list', or say who to be with --user.";

    /// <summary>The name on the command line, or null.</summary>
    public string? UserName(ParseResult line) => line.GetValue(user);

    /// <summary>Who to be on which device, or null when there are mistakes: what options and the environment say; else what the store says; else what the settings say; else what is typed.</summary>
    public CredentialBook? Book(ParseResult line, NetDevices? devices, Mistakes mistakes)
    {
        if (SaysWho(line) || StoreOptions.Default() is not { } path)
            return Read(line, mistakes) is { } single ? CredentialBook.Of(single) : null;

        if (mistakes.Any || devices is null)
            return null;

        try
        {
            return StoredCredentials.Book(CredentialStore.Open(path, StoreOptions.KeyOf(path)), devices);
        }
        catch (CredentialStoreException unusable)
        {
            mistakes.Add(unusable.Message);
            return null;
        }
    }

    /// <summary>The credentials, or null when there are mistakes. The store is not asked.</summary>
    public Credentials? Read(ParseResult line, Mistakes mistakes)
    {
        var found = CredentialSource.Read(line.GetValue(file) ?? Configured.Settings.Text("credentials.file"), Environment.GetEnvironmentVariable);
        mistakes.Add(found.Mistakes);
        var keys = (line.GetValue(identity) is { Length: > 0 } named ? named : Configured.Settings.Texts("credentials.identities")).Select(path => new PrivateKeyFile(path, null)).Concat(found.Credentials?.PrivateKeys ?? []).ToList();
        for (var i = 0; i < keys.Count; i++)
            keys[i] = Opened(keys[i], mistakes);
        if (found.Credentials is not { } read || mistakes.Any)
            return null;

        var useAgent = line.GetValue(agent) || read.UseAgent || Configured.Settings.Flag("credentials.agent");
        var (password, enable) = (read.Password, read.EnablePassword);
        var name = line.GetValue(user) ?? (read.UserName.Length > 0 ? read.UserName : Configured.Settings.Text("credentials.user") ?? "");
        if (name.Length == 0 && SecretPrompt.CanAsk)
        {
            Console.Error.Write("User name: ");
            name = Console.ReadLine()?.Trim() ?? "";
        }

        if (line.GetValue(ask) || (SecretPrompt.CanAsk && password is null && keys.Count == 0 && !useAgent))
        {
            password = SecretPrompt.Ask("Password: ") ?? password;
            enable = SecretPrompt.Ask("Enable password (empty if the same or none): ") ?? enable ?? password;
        }

        return new Credentials(name, password, enable, keys, useAgent);
    }

    private bool SaysWho(ParseResult line) =>
        line.GetValue(user) is not null || line.GetValue(file) is not null || line.GetValue(identity) is { Length: > 0 } || line.GetValue(agent) || line.GetValue(ask)
        || Environment.GetEnvironmentVariable(CredentialSource.UserNameVariable) is { Length: > 0 } || Environment.GetEnvironmentVariable(CredentialSource.PasswordVariable) is { Length: > 0 };

    // A key that cannot be opened is told before any device is dialled, once and not once for each.
    private static PrivateKeyFile Opened(PrivateKeyFile key, Mistakes mistakes)
    {
        try
        {
            var mistake = WhyUnusable(key);
            if (mistake is not null && key.Passphrase is null && SecretPrompt.CanAsk && SecretPrompt.Ask($"Passphrase of {key.Path} (empty if it has none): ") is { } typed)
            {
                key = key with { Passphrase = typed };
                mistake = WhyUnusable(key);
            }

            if (mistake is not null)
                mistakes.Add(mistake);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{key.Path}: the private key cannot be read: {unreadable.Message}");
        }

        return key;
    }

    private static string? WhyUnusable(PrivateKeyFile key)
    {
        using var copy = new LineCredentials.PrivateKey(key.Path, File.ReadAllBytes(key.Path), key.Passphrase?.Utf8.ToArray());
        return copy.Pem.AsSpan().IndexOf("PRIVATE KEY"u8) < 0
            ? $"{key.Path}: this is no private key; it should begin with -----BEGIN … PRIVATE KEY-----. (A file ending in .pub is the public half.)"
            : SshPrivateKey.WhyUnusable(copy);
    }
}
