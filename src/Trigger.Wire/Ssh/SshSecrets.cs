using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>A line's own copies of its credentials, outside the managed heap. Dispose wipes them.</summary>
internal sealed unsafe class SshSecrets : IDisposable
{
    private readonly List<(string Name, nint Key)> keys = [];
    private (string Name, NativeSecret Pem, NativeSecret Passphrase)[] sealedKeys;

    /// <summary>Copies everything, so that the owner of the credentials may wipe them at once.</summary>
    internal SshSecrets(LineCredentials credentials)
    {
        UserName = credentials.UserName;
        Password = credentials.Password is null ? null : new NativeSecret(credentials.Password);
        UseAgent = credentials.UseAgent;
        AgentSocket = credentials.AgentSocket;
        Answers = [.. credentials.Answers.Select(answer => (answer.Contains, new NativeSecret(answer.Answer)))];
        sealedKeys = [.. credentials.Keys.Select(key => (key.Name, new NativeSecret(key.Pem), new NativeSecret(key.Passphrase)))];
    }

    internal string UserName { get; }

    internal NativeSecret? Password { get; }

    internal bool UseAgent { get; }

    internal string? AgentSocket { get; }

    internal IReadOnlyList<(string Contains, NativeSecret Answer)> Answers { get; }

    internal IReadOnlyList<(string Name, nint Key)> Keys => keys;

    internal bool HasKeysToOpen => sealedKeys.Length > 0;

    /// <summary>What is wrong with a key, or null.</summary>
    internal string? Mistake { get; private set; }

    /// <summary>Parses the private keys. Costs a tenth of a second for an encrypted one (bcrypt), so never on a reactor.</summary>
    internal void OpenKeys()
    {
        foreach (var (name, pem, passphrase) in sealedKeys)
        {
            // An empty passphrase, never a null one: with null OpenSSL would ask for it on our terminal.
            if (LibSsh.ssh_pki_import_privkey_base64(pem.Pointer, passphrase.Pointer, 0, 0, out var key) == LibSsh.Ok)
                keys.Add((name, key));
            else if (passphrase.IsEmpty)
                Mistake ??= $"The private key {name} cannot be read: it is encrypted and no passphrase was given, or its format is not known.";
            else
                Mistake ??= $"The private key {name} cannot be read: the passphrase is wrong, or its format is not known.";
        }

        Unseal();
    }

    public void Dispose()
    {
        Unseal();
        Password?.Dispose();
        foreach (var (_, answer) in Answers)
            answer.Dispose();

        foreach (var (_, key) in keys)
            LibSsh.ssh_key_free(key);

        keys.Clear();
    }

    public override string ToString() => UserName;

    private void Unseal()
    {
        foreach (var (_, pem, passphrase) in sealedKeys)
        {
            pem.Dispose();
            passphrase.Dispose();
        }

        sealedKeys = [];
    }
}
