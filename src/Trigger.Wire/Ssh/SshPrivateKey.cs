using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>Looks at a private key before any line is dialled with it.</summary>
public static class SshPrivateKey
{
    /// <summary>Null when the key can be opened with its passphrase; else one sentence that names it and says why not. Takes a tenth of a second for an encrypted key.</summary>
    public static string? WhyUnusable(LineCredentials.PrivateKey key)
    {
        if (LibSsh.WhyUnusable() is { } missing)
            return missing;

        using var secrets = new SshSecrets(new LineCredentials { UserName = "", Keys = [key] });
        secrets.OpenKeys();
        return secrets.Mistake;
    }
}
