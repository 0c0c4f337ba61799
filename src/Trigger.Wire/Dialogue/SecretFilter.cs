using System.Buffers;
using System.Security.Cryptography;

namespace Trigger.Wire.Dialogue;

/// <summary>
/// Takes secrets out of a stream, wherever it is cut. What may be the beginning of a secret is held back until more has come. Not for several threads at once.
/// </summary>
public sealed class SecretFilter : IDisposable
{
    private static readonly byte[] Mask = "••••••"u8.ToArray();

    private readonly List<byte[]> secrets = [];
    private readonly ArrayBufferWriter<byte> held = new();
    private SearchValues<byte> beginnings = SearchValues.Create(ReadOnlySpan<byte>.Empty);

    /// <summary>From now on these bytes do not pass. An empty secret is none.</summary>
    public void Add(ReadOnlySpan<byte> secret)
    {
        if (secret.IsEmpty || Knows(secret))
            return;

        secrets.Add(secret.ToArray());
        secrets.Sort((one, other) => other.Length.CompareTo(one.Length)); // The longest that fits is masked.
        beginnings = SearchValues.Create(secrets.Select(known => known[0]).ToArray());
    }

    /// <summary>Returns what may pass of these bytes and of those held back.</summary>
    public byte[] Pass(ReadOnlySpan<byte> bytes)
    {
        if (secrets.Count == 0)
            return bytes.ToArray();

        held.Write(bytes);
        var kept = Filter(held.WrittenSpan, out var passed);
        var rest = held.WrittenSpan[^kept..].ToArray();
        held.Clear(); // Wipes, too.
        held.Write(rest);
        return passed;
    }

    /// <summary>Nothing more comes: what was held back was no secret.</summary>
    public byte[] Flush()
    {
        var rest = held.WrittenSpan.ToArray();
        held.Clear();
        return rest;
    }

    public void Dispose()
    {
        held.Clear();
        foreach (var secret in secrets)
            CryptographicOperations.ZeroMemory(secret);
        secrets.Clear();
    }

    private bool Knows(ReadOnlySpan<byte> secret)
    {
        foreach (var known in secrets)
        {
            if (secret.SequenceEqual(known))
                return true;
        }

        return false;
    }

    // Returns how many bytes at the end may still become a secret.
    private int Filter(ReadOnlySpan<byte> bytes, out byte[] passed)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(1, bytes.Length));
        while (true)
        {
            var at = bytes.IndexOfAny(beginnings);
            output.Write(at < 0 ? bytes : bytes[..at]);
            bytes = at < 0 ? [] : bytes[at..];
            if (bytes.IsEmpty || MayBecome(bytes))
                break;

            var length = LengthOfSecret(bytes);
            output.Write(length > 0 ? Mask : bytes[..1]);
            bytes = bytes[Math.Max(1, length)..];
        }

        passed = output.WrittenSpan.ToArray();
        return bytes.Length;
    }

    private bool MayBecome(ReadOnlySpan<byte> bytes)
    {
        foreach (var secret in secrets)
        {
            if (bytes.Length < secret.Length && secret.AsSpan().StartsWith(bytes))
                return true;
        }

        return false;
    }

    private int LengthOfSecret(ReadOnlySpan<byte> bytes)
    {
        foreach (var secret in secrets)
        {
            if (bytes.StartsWith(secret))
                return secret.Length;
        }

        return 0;
    }
}
