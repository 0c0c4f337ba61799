using System.Buffers.Binary;
using System.Text;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

/// <summary>Blobs in the shape of keys; nobody has the private halves.</summary>
internal static class HostKeys
{
    internal static HostKey Ed25519() => Random("ssh-ed25519");

    internal static HostKey Random(string type)
    {
        var blob = new byte[4 + type.Length + 4 + 32];
        BinaryPrimitives.WriteInt32BigEndian(blob, type.Length);
        Encoding.ASCII.GetBytes(type, blob.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(4 + type.Length), 32);
        System.Random.Shared.NextBytes(blob.AsSpan(8 + type.Length));
        return HostKey.Parse(Convert.ToBase64String(blob))!;
    }
}
