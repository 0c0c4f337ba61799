using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Cli.Accounts;

/// <summary><c>trigger credentials import</c>: Trigger's .tacacsrc, in its own cipher or out of GPG, and RANCID's .cloginrc.</summary>
internal sealed class ImportVerb(StoreOptions store)
{
    private const string PassphraseVariable = "TACACSRC_PASSPHRASE";
    private const int LargestFile = 1024 * 1024;

    private readonly Argument<string> file = new("file") { Description = "A .tacacsrc, a .tacacsrc.gpg that gpg can decrypt, or a .cloginrc.", HelpName = "FILE" };

    private readonly Option<string?> keyFile = new("--key-file")
    {
        Description = "Trigger's key file. Default: $TACACSRC_KEYFILE, else /etc/trigger/.tackf. With $TACACSRC_PASSPHRASE none is needed.", HelpName = "FILE",
    };

    private readonly Option<string?> login = new("--login") { Description = "The login name of the file's owner, which is part of the key. Default: yours.", HelpName = "NAME" };

    private readonly Option<string> realm = new("--default-realm") { Description = "Trigger's DEFAULT_REALM, which is for every device.", HelpName = "REALM", DefaultValueFactory = _ => "aol" };

    public Command Create(Dictionary<Command, string> examples)
    {
        var import = new Command("import", "Takes over the realms of a .tacacsrc, or the logins of RANCID's .cloginrc. Those of the same name are replaced.") { file, keyFile, login, realm };
        import.SetAction(line => CredentialsVerb.Guarded(() => Act(line)));
        examples.Add(import, "trigger credentials import ~/.tacacsrc --key-file /etc/trigger/.tackf\ntrigger credentials import ~/.tacacsrc.gpg\ntrigger credentials import ~/.cloginrc");
        return import;
    }

    private int Act(ParseResult line)
    {
        var path = line.GetValue(file)!;
        var gpg = path.EndsWith(".gpg", StringComparison.Ordinal);
        var text = gpg ? Gpg(path) : Text(path);
        var clogin = CloginrcFile.Fits(text);
        var (entries, wrong) = clogin ? CloginrcFile.Read(text, path) : TacacsrcFile.Read(text, path, gpg ? null : Cipher(line), line.GetValue(realm)!);
        if (wrong.Count > 0)
        {
            var mistakes = new Mistakes();
            mistakes.Add(wrong);
            return mistakes.Say(Console.Error);
        }

        var (opened, key) = store.Open(line);
        using var _ = opened;
        var all = entries.Aggregate(opened, (into, entry) => into.With(entry));
        all.Save(store.Path(line), key);
        foreach (var entry in entries)
        {
            Console.Error.WriteLine($"{entry.Realm}: {entry.UserName} on {entry.On}");
            entry.Dispose();
        }

        var old = gpg ? "." : clogin ? "; its passwords stand there in clear, so remove it." : "; its cipher protects nothing, so remove it.";
        Console.Error.WriteLine($"{entries.Count} realm{(entries.Count == 1 ? " is" : "s are")} in {store.Path(line)}. The old file is as it was{old}");
        return ExitCode.AllWell;
    }

    private Func<string, char[]> Cipher(ParseResult line)
    {
        if (line.GetValue(keyFile) is null && Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } passphrase)
            return TacacsrcFile.ByPassphrase(new Secret(passphrase));

        var path = line.GetValue(keyFile) ?? (Environment.GetEnvironmentVariable("TACACSRC_KEYFILE") is { Length: > 0 } named ? named : "/etc/trigger/.tackf");
        var first = Text(path).Split('\n')[0].Trim();
        return first.Length > 0
            ? TacacsrcFile.ByKeyFile(first, line.GetValue(login) ?? Environment.UserName)
            : throw new CredentialStoreException($"{path}: the first line of a key file is its key, and this one is empty.");
    }

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile ? File.ReadAllText(path) : throw new CredentialStoreException($"{path}: this is larger than {LargestFile} bytes.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CredentialStoreException($"{path}: cannot be read: {unreadable.Message}", unreadable);
        }
    }

    // gpg asks for its own passphrase through its agent; nothing secret is an argument.
    private static string Gpg(string path)
    {
        try
        {
            using var gpg = Process.Start(new ProcessStartInfo("gpg", ["--quiet", "--decrypt", Path.GetFullPath(path)]) { RedirectStandardOutput = true })!;
            var text = gpg.StandardOutput.ReadToEnd();
            gpg.WaitForExit();
            return gpg.ExitCode == 0 ? text : throw new CredentialStoreException($"{path}: gpg could not decrypt it (exit code {gpg.ExitCode}).");
        }
        catch (Win32Exception missing)
        {
            throw new CredentialStoreException($"{path}: gpg cannot be started: {missing.Message}. Install it: apt-get install gpg.", missing);
        }
    }
}
