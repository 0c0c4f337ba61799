using System.Security.Cryptography;

namespace Trigger.Devices.Credentials;

/// <summary>
/// What opens a <see cref="CredentialStore"/>: a passphrase, or a key file of this machine. The key itself is 256 bits, derived from the passphrase by PBKDF2 with HMAC-SHA-256
/// (RFC 8018) and a salt of the store's own.
/// </summary>
public abstract record StoreKey
{
    /// <summary>OWASP's figure for PBKDF2 with SHA-256 as of 2023; a store says which figure it was written with.</summary>
    internal const int Iterations = 600_000;

    internal const int Size = 32;

    public sealed record Passphrase(Secret Secret) : StoreKey
    {
        public override string ToString() => "a passphrase";
    }

    /// <summary>A file of 32 random bytes, readable by its owner only. Made when the first store is written with it.</summary>
    public sealed record MachineKey(string Path) : StoreKey
    {
        public override string ToString() => Path;
    }

    private StoreKey() { }

    internal string Kind => this is Passphrase ? "passphrase" : "machine";

    internal byte[] Derive(ReadOnlySpan<byte> salt, int iterations) => this switch
    {
        Passphrase passphrase => Rfc2898DeriveBytes.Pbkdf2(passphrase.Secret.Utf8, salt, iterations, HashAlgorithmName.SHA256, Size),
        MachineKey machine => Stretched(machine.Path, salt),
        _ => throw new InvalidOperationException(),
    };

    // The salt makes the keys of two stores on one machine differ.
    private static byte[] Stretched(string path, ReadOnlySpan<byte> salt)
    {
        var key = Read(path);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Size, salt.ToArray(), "trigger-credentials"u8.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The bytes of a key file, the caller's to wipe.</summary>
    /// <exception cref="CredentialStoreException">It is none, or others can read it.</exception>
    internal static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (FileGuard.Problem(file) is { } problem)
                throw new CredentialStoreException($"{path}: {problem}");

            var key = new byte[Size];
            if (file.Length != Size || file.ReadAtLeast(key, Size, throwOnEndOfStream: false) != Size)
                throw new CredentialStoreException($"{path}: this is no key, which has {Size} bytes.");
            return key;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CredentialStoreException($"{path}: the machine key cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
