using System.Security.Cryptography;
using System.Text;

namespace Trigger.Devices.Credentials;

/// <summary>Who logs in, and with what. Owns its secrets.</summary>
public sealed class Credentials : IDisposable
{
    // Known to this process only, so that an Id says nothing about the secret to whoever reads it in a log.
    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(32);

    public Credentials(string userName, Secret? password = null, Secret? enablePassword = null, IReadOnlyList<PrivateKeyFile>? privateKeys = null, bool useAgent = false)
    {
        UserName = userName;
        Password = password;
        EnablePassword = enablePassword;
        PrivateKeys = privateKeys ?? [];
        UseAgent = useAgent;
        Id = Identify();
    }

    /// <summary>Empty when no source named one.</summary>
    public string UserName { get; }

    public Secret? Password { get; }

    public Secret? EnablePassword { get; }

    public IReadOnlyList<PrivateKeyFile> PrivateKeys { get; }

    /// <summary>Whether keys may be asked of a running SSH agent.</summary>
    public bool UseAgent { get; }

    /// <summary>The same for the same user and secrets within this process, different otherwise; nothing can be derived from it.</summary>
    public string Id { get; }

    /// <summary>
    /// Who to be on this device: the row's own user where the row has the password, too, or where nobody is named here. A password that belongs to one user is never tried with another.
    /// </summary>
    public string NameOn(NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.LoginName is { } own && (device.LoginPassword is not null || UserName.Length == 0) ? own : UserName;
    }

    public void Dispose()
    {
        Password?.Dispose();
        EnablePassword?.Dispose();
        foreach (var key in PrivateKeys)
            key.Passphrase?.Dispose();
    }

    public override string ToString() => UserName.Length > 0 ? UserName : "(nobody)";

    private string Identify()
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, ProcessKey);
        Add(hash, Encoding.UTF8.GetBytes(UserName));
        Add(hash, Password is null ? [] : Password.Utf8);
        Add(hash, EnablePassword is null ? [] : EnablePassword.Utf8);
        foreach (var key in PrivateKeys)
            Add(hash, Encoding.UTF8.GetBytes(key.Path));
        Add(hash, [UseAgent ? (byte)1 : (byte)0]);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    // Each part with its length, so that "ab"+"c" and "a"+"bc" differ.
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }
}
