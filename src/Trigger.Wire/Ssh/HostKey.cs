using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trigger.Wire.Ssh;

/// <summary>A server's public key as the wire and known_hosts carry it (RFC 4253 §6.6).</summary>
public sealed class HostKey : IEquatable<HostKey>
{
    // RFC 8709 keys take 51 bytes and RSA 16384 about 2,100; a blob beyond this is no key.
    private const int LongestBlob = 16 * 1024;

    private HostKey(string type, string base64, byte[] blob)
    {
        Type = type;
        Base64 = base64;
        Fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=');
    }

    /// <summary>The key's own type, for example <c>ssh-rsa</c>; not the signature algorithm, which may be <c>rsa-sha2-512</c>.</summary>
    public string Type { get; }

    /// <summary>The blob as known_hosts writes it.</summary>
    public string Base64 { get; }

    /// <summary><c>SHA256:</c> and the unpadded base64 of the blob's hash, as OpenSSH prints it.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the blob's base64; null when it is not a key blob.</summary>
    public static HostKey? Parse(string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        var blob = new byte[(base64.Length / 4 * 3) + 3];
        if (blob.Length > LongestBlob || !Convert.TryFromBase64String(base64, blob, out var length))
            return null;

        // The blob begins with its type, as a string with a four-byte length (RFC 4253 §6.6).
        if (length < 4)
            return null;

        var typeLength = BinaryPrimitives.ReadUInt32BigEndian(blob);
        if (typeLength is 0 or > 64 || typeLength > length - 4)
            return null;

        var type = Encoding.ASCII.GetString(blob, 4, (int)typeLength);
        return new HostKey(type, Convert.ToBase64String(blob, 0, length), blob[..length]);
    }

    public bool Equals(HostKey? other) => other is not null && other.Base64 == Base64;

    public override bool Equals(object? obj) => Equals(obj as HostKey);

    public override int GetHashCode() => Base64.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Type} {Fingerprint}";
}
