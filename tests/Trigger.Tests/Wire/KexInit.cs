using System.Buffers.Binary;
using System.Text;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

/// <summary>
/// The first two things an SSH server says, written out: its identification (RFC 4253 §4.2) and its lists of algorithms (§7.1). A server that says them before it has read anything
/// cannot hang up with its lists unsent, which a real one may when it reads our lists first.
/// </summary>
internal static class KexInit
{
    private const byte Message = 20;
    private const int Block = 8;

    public static byte[] Greeting(SshAlgorithms algorithms)
    {
        var payload = new List<byte> { Message };
        payload.AddRange(new byte[16]);
        foreach (var list in new[] { algorithms.KeyExchange, algorithms.HostKeys, algorithms.Ciphers, algorithms.Ciphers, algorithms.Macs, algorithms.Macs, ["none"], ["none"], [], [] })
            AddList(payload, list);
        payload.AddRange(new byte[5]);

        // §6: length, padding length, payload, at least four bytes of padding, in whole blocks.
        var padding = Block - ((5 + payload.Count) % Block);
        padding += padding < 4 ? Block : 0;
        var head = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(head, 1 + payload.Count + padding);
        head[4] = (byte)padding;
        return [.. "SSH-2.0-Old\r\n"u8, .. head, .. payload, .. new byte[padding]];
    }

    private static void AddList(List<byte> payload, IReadOnlyList<string> names)
    {
        var text = Encoding.ASCII.GetBytes(string.Join(',', names));
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        payload.AddRange(length);
        payload.AddRange(text);
    }
}
