using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trigger.Devices.Credentials;

/// <summary>
/// Keys that only the nodes of a cluster have: the first encrypts credentials for the database, all decrypt. AES-256-GCM (NIST SP 800-38D); realm, selection and user are authenticated with it,
/// so that whoever can write to the database cannot give an account to other devices. Wiped by <see cref="Dispose"/>.
/// </summary>
public sealed class CredentialKeys : IDisposable
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly IReadOnlyList<(string Id, byte[] Key)> keys;

    private CredentialKeys(IReadOnlyList<(string Id, byte[] Key)> keys) => this.keys = keys;

    public static CredentialKeys None { get; } = new([]);

    /// <summary>Whether anything can be encrypted.</summary>
    public bool Any => keys.Count > 0;

    /// <summary>The name of the key that encrypts; says nothing about the key.</summary>
    public string? FirstId => keys.Count > 0 ? keys[0].Id : null;

    /// <param name="paths">Files of 32 random bytes, mode 0600: <c>(umask 077; head -c 32 /dev/urandom > FILE)</c>.</param>
    /// <param name="mistakes">Takes what is wrong with them.</param>
    public static CredentialKeys Load(IReadOnlyList<string> paths, List<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(mistakes);
        var keys = new List<(string, byte[])>();
        foreach (var path in paths)
        {
            try
            {
                var key = StoreKey.Read(path);
                keys.Add((Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 8, info: "trigger-credential-key-name"u8.ToArray())), key));
            }
            catch (CredentialStoreException unusable)
            {
                mistakes.Add($"node.credential-keys: {unusable.Message}");
            }
        }

        return new CredentialKeys(keys);
    }

    /// <summary>A credential as the database may have it, and the name of the key.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public (string KeyId, byte[] Sealed) Seal(StoredCredential entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!Any)
            throw new InvalidOperationException("There is no key to encrypt with.");

        var plain = StoreJson.Write([entry]);
        try
        {
            var whole = new byte[NonceSize + TagSize + plain.Length];
            RandomNumberGenerator.Fill(whole.AsSpan(0, NonceSize));
            using var cipher = new AesGcm(keys[0].Key, TagSize);
            cipher.Encrypt(whole.AsSpan(0, NonceSize), plain, whole.AsSpan(NonceSize + TagSize), whole.AsSpan(NonceSize, TagSize), About(entry.Realm, entry.On, entry.UserName));
            return (keys[0].Id, whole);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The credential, the caller's to dispose.</summary>
    /// <exception cref="CredentialStoreException">No key here opens it, or somebody has changed it; the message says which, and nothing of what is inside.</exception>
    public StoredCredential Open(string realm, string on, string userName, string keyId, ReadOnlySpan<byte> whole)
    {
        if (keys.FirstOrDefault(one => one.Id == keyId).Key is not { } key)
            throw new CredentialStoreException($"The credential '{realm}' is encrypted with a key that this node does not have (node.credential-keys).");

        var plain = new byte[Math.Max(0, whole.Length - NonceSize - TagSize)];
        try
        {
            if (whole.Length < NonceSize + TagSize)
                throw new CredentialStoreException(Changed(realm));
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(whole[..NonceSize], whole[(NonceSize + TagSize)..], whole.Slice(NonceSize, TagSize), plain, About(realm, on, userName));
            return StoreJson.Read(plain)[0];
        }
        catch (Exception damaged) when (damaged is AuthenticationTagMismatchException or JsonException)
        {
            throw new CredentialStoreException(Changed(realm));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public void Dispose()
    {
        foreach (var (_, key) in keys)
            CryptographicOperations.ZeroMemory(key);
    }

    private static string Changed(string realm) => $"The credential '{realm}' was changed in the database by somebody without the key; set it anew.";

    // JSON keeps the three apart, whatever is in them.
    private static byte[] About(string realm, string on, string userName) => Encoding.UTF8.GetBytes($"trigger-credential 1 {JsonSerializer.Serialize(new[] { realm, on, userName })}");
}
