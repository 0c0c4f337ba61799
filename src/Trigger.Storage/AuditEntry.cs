using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trigger.Storage;

/// <summary>One line of the audit trail.</summary>
/// <param name="Who">The token's name, or the system's user name on the loopback.</param>
/// <param name="Origin">Where from: an address, or the node itself.</param>
/// <param name="What">A stable word, such as <c>run-accepted</c>.</param>
/// <param name="Target">What it was about: a run, a device, a node.</param>
/// <param name="Detail">One line for people. Never a secret.</param>
public sealed record AuditEntry(long Seq, DateTimeOffset At, string Who, string Origin, string What, string Target, string Detail)
{
    /// <summary>SHA-256 over the hash of the line before and everything here, each part with its length.</summary>
    internal byte[] Hash(ReadOnlySpan<byte> before)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, before);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, Seq);
        Add(hash, number);
        foreach (var part in new[] { Moments.Text(At), Who, Origin, What, Target, Detail })
            Add(hash, Encoding.UTF8.GetBytes(part));
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
