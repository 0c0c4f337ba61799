using System.Security.Cryptography;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Wire.Recording;

namespace Trigger.Sessions.Recording;

/// <summary>
/// Takes a session's secrets out of what is written down of it. What is typed loses every secret. What arrives loses the echo of a secret just typed, and secrets of
/// <see cref="Telling"/> bytes and more wherever they stand; a shorter one may be a part of any word. Used by one thread at a time.
/// </summary>
internal sealed class SecretCover : IDisposable
{
    /// <summary>From this length on a secret is no accident in a device's text.</summary>
    public const int Telling = 6;

    private readonly List<byte[]> secrets;
    private readonly List<byte[]> names;

    public SecretCover(NetDevice device, IReadOnlyList<Credentials> who)
    {
        // Copies: the credentials may be wiped while the last pieces are still being written.
        secrets = [.. who.SelectMany(one => new[] { one.Password, one.EnablePassword }).Prepend(device.EnablePassword).Prepend(device.LoginPassword)
            .OfType<Secret>().Where(secret => !secret.IsEmpty).Select(secret => secret.Utf8.ToArray()).OrderByDescending(secret => secret.Length)];
        names = [.. who.Select(one => one.UserName).Where(name => name.Length > 0).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>What may be written down of what was typed.</summary>
    /// <param name="isSecret">Whether it was nothing but a secret and a line end.</param>
    public byte[] Typed(ReadOnlySpan<byte> bytes, out bool isSecret)
    {
        var line = bytes.TrimEnd("\r\n\0"u8);
        var end = bytes[line.Length..];
        isSecret = false;
        foreach (var secret in secrets)
        {
            if (line.SequenceEqual(secret))
            {
                isSecret = true;
                return [RecordedMove.Secret, .. end];
            }
        }

        foreach (var name in names)
        {
            // A platform may want a suffix behind the name; it stays readable.
            if (line.StartsWith(name) && (line.Length == name.Length || line[name.Length] == '+'))
                return [RecordedMove.UserName, .. line[name.Length..], .. end];
        }

        return Everywhere(bytes);
    }

    /// <summary>The bytes without the secrets in them.</summary>
    public byte[] Everywhere(ReadOnlySpan<byte> bytes)
    {
        var covered = bytes.ToArray();
        foreach (var secret in secrets.Where(secret => secret.Length >= Telling))
        {
            for (var at = covered.AsSpan().IndexOf(secret); at >= 0; at = covered.AsSpan().IndexOf(secret))
                covered = [.. covered[..at], RecordedMove.Secret, .. covered[(at + secret.Length)..]];
        }

        return covered;
    }

    /// <summary>How many bytes at the end might be the beginning of a secret that has not arrived whole.</summary>
    public int Open(ReadOnlySpan<byte> bytes)
    {
        var open = 0;
        foreach (var secret in secrets.Where(secret => secret.Length >= Telling))
        {
            for (var length = Math.Min(secret.Length - 1, bytes.Length); length > open; length--)
            {
                if (bytes[^length..].SequenceEqual(secret.AsSpan(0, length)))
                    open = length;
            }
        }

        return open;
    }

    /// <summary>The bytes of an echo, which a device should not have sent, at the beginning of what came after a secret was typed; 0 when there is none.</summary>
    public int Echo(ReadOnlySpan<byte> bytes)
    {
        foreach (var secret in secrets)
        {
            // "lab" before "lab-core1#" is a prompt; an echo ends with its line.
            if (bytes.StartsWith(secret) && bytes.Length > secret.Length && bytes[secret.Length] is (byte)'\r' or (byte)'\n')
                return secret.Length;
        }

        return 0;
    }

    /// <summary>Whether more bytes could make an echo of it.</summary>
    public bool MayBecomeEcho(ReadOnlySpan<byte> bytes)
    {
        foreach (var secret in secrets)
        {
            if (bytes.Length <= secret.Length && secret.AsSpan().StartsWith(bytes))
                return true;
        }

        return false;
    }

    public void Dispose()
    {
        foreach (var secret in secrets)
            CryptographicOperations.ZeroMemory(secret);
    }
}
