using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trigger.Devices.Credentials;

/// <summary>
/// Credentials by realm in one encrypted file, in the order in which they are tried. Two lines of text say how it was encrypted, and everything else, the names of the realms
/// included, is one AES-256-GCM ciphertext (NIST SP 800-38D) that these lines are authenticated with.
/// <code>
///   trigger-credentials 1
///   {"key":"passphrase","iterations":600000,"salt":"…"}
///   base64 of nonce, tag and ciphertext
/// </code>
/// Mode 0600, replaced as a whole. Immutable; every change is a new store, which is on disk once <see cref="Save"/> has returned.
/// </summary>
public sealed class CredentialStore : IDisposable
{
    private const string Title = "trigger-credentials 1";
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int SaltSize = 16;
    private const int LargestFile = 16 * 1024 * 1024;
    private const int MostIterations = 100_000_000;

    public CredentialStore(IReadOnlyList<StoredCredential> entries) => Entries = entries;

    public static CredentialStore Empty { get; } = new([]);

    public IReadOnlyList<StoredCredential> Entries { get; }

    /// <summary>Whether a store needs a passphrase, without opening it.</summary>
    /// <exception cref="CredentialStoreException">There is none, or it is not one.</exception>
    public static bool WantsPassphrase(string path) => Header(Read(path), path).Key == "passphrase";

    /// <exception cref="CredentialStoreException">It cannot be read, is not a store, was damaged, or the key is not its.</exception>
    public static CredentialStore Open(string path, StoreKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var lines = Read(path);
        var header = Header(lines, path);
        if (header.Key != key.Kind)
            throw new CredentialStoreException($"{path}: this store is opened by {(header.Key == "machine" ? "the machine's key" : "a passphrase")}.");

        var plain = Decrypt(lines, header, key, path);
        try
        {
            return new CredentialStore(StoreJson.Read(plain));
        }
        catch (JsonException)
        {
            // Its message would quote what is inside.
            throw new CredentialStoreException($"{path}: what is encrypted in it is no list of credentials.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Writes the store with a new salt and nonce.</summary>
    /// <exception cref="CredentialStoreException">It cannot be written; what was there is as it was.</exception>
    public void Save(string path, StoreKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var plain = StoreJson.Write(Entries);
        try
        {
            if (key is StoreKey.MachineKey machine && !File.Exists(machine.Path))
                SecretFile.Write(machine.Path, RandomNumberGenerator.GetBytes(StoreKey.Size));
            SecretFile.Write(path, Encrypt(plain, key));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CredentialStoreException($"{path}: the credentials cannot be written: {failure.Message}", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>With an entry behind the others, or in the place of the one of its realm.</summary>
    public CredentialStore With(StoredCredential entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Entries.Any(other => other.Realm == entry.Realm)
            ? new CredentialStore([.. Entries.Select(other => other.Realm == entry.Realm ? entry : other)])
            : new CredentialStore([.. Entries, entry]);
    }

    public CredentialStore Without(string realm) => new([.. Entries.Where(entry => entry.Realm != realm)]);

    /// <summary>With an entry tried before all others.</summary>
    public CredentialStore First(string realm) => new([.. Entries.Where(entry => entry.Realm == realm), .. Entries.Where(entry => entry.Realm != realm)]);

    public void Dispose()
    {
        foreach (var entry in Entries)
            entry.Dispose();
    }

    private static byte[] Encrypt(byte[] plain, StoreKey key)
    {
        var header = new StoreHeader(key.Kind, key is StoreKey.Passphrase ? StoreKey.Iterations : 0, RandomNumberGenerator.GetBytes(SaltSize));
        var open = Encoding.UTF8.GetBytes($"{Title}\n{header.Write()}\n");
        var sealed_ = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealed_.AsSpan(0, NonceSize));
        var derived = key.Derive(header.Salt, header.Iterations);
        try
        {
            using var cipher = new AesGcm(derived, TagSize);
            cipher.Encrypt(sealed_.AsSpan(0, NonceSize), plain, sealed_.AsSpan(NonceSize + TagSize), sealed_.AsSpan(NonceSize, TagSize), open);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }

        return [.. open, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(sealed_)), (byte)'\n'];
    }

    private static byte[] Decrypt(string[] lines, StoreHeader header, StoreKey key, string path)
    {
        var bytes = new byte[lines[2].Length];

        // Written back and compared, because base64 has bits at its end that mean nothing, and a changed file is to be noticed.
        if (!Convert.TryFromBase64String(lines[2], bytes, out var length) || length < NonceSize + TagSize || Convert.ToBase64String(bytes, 0, length) != lines[2])
            throw new CredentialStoreException($"{path}:3: this is no ciphertext of a store.");

        var plain = new byte[length - NonceSize - TagSize];
        var derived = key.Derive(header.Salt, header.Iterations);
        try
        {
            using var cipher = new AesGcm(derived, TagSize);
            cipher.Decrypt(
                bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize + TagSize, plain.Length), bytes.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes($"{lines[0]}\n{lines[1]}\n"));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new CredentialStoreException($"{path}: {(key is StoreKey.Passphrase ? "the passphrase is wrong" : $"{key} is not its key")}, or the file was changed.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    private static StoreHeader Header(string[] lines, string path)
    {
        if (lines.Length < 3 || lines[0] != Title)
            throw new CredentialStoreException($"{path}: this is no store of credentials; it would begin with '{Title}'.");

        return StoreHeader.Read(lines[1]) is { } header && header.Iterations <= MostIterations
            ? header
            : throw new CredentialStoreException($"{path}:2: this line does not say how the store was encrypted.");
    }

    private static string[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (FileGuard.Problem(file) is { } problem)
                throw new CredentialStoreException($"{path}: {problem}");
            if (file.Length > LargestFile)
                throw new CredentialStoreException($"{path}: a store has at most {LargestFile} bytes.");

            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CredentialStoreException($"{path}: the credentials cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
