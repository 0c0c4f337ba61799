using System.Buffers.Binary;
using System.Text;

namespace Trigger.Files.Tftp;

/// <summary>What one datagram says (RFC 1350 §5, RFC 2347).</summary>
internal abstract record TftpPacket
{
    /// <summary>RFC 2347: a request fits into 512 bytes; some clients have longer names.</summary>
    public const int LongestRequest = 1024;

    private const int MostOptions = 16;

    public sealed record Request(bool Writes, string Name, string Mode, IReadOnlyList<(string Name, string Value)> Options) : TftpPacket;

    public sealed record Data(ushort Block, ReadOnlyMemory<byte> Bytes) : TftpPacket;

    public sealed record Acknowledgement(ushort Block) : TftpPacket;

    public sealed record Error(TftpError Code, string Message) : TftpPacket;

    private TftpPacket() { }

    /// <summary>Null when it is none that a server is sent.</summary>
    public static TftpPacket? Read(ReadOnlyMemory<byte> datagram)
    {
        var bytes = datagram.Span;
        if (bytes.Length < 4)
            return null;

        var number = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes) switch
        {
            1 => ReadRequest(bytes[2..], writes: false),
            2 => ReadRequest(bytes[2..], writes: true),
            3 => new Data(number, datagram[4..]),
            4 => new Acknowledgement(number),
            5 => new Error((TftpError)number, Printable(bytes[4..])),
            _ => null,
        };
    }

    public static byte[] WriteData(ushort block, ReadOnlySpan<byte> bytes)
    {
        var packet = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(packet, 3);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), block);
        bytes.CopyTo(packet.AsSpan(4));
        return packet;
    }

    public static byte[] WriteAcknowledgement(ushort block) => [0, 4, (byte)(block >> 8), (byte)block];

    public static byte[] WriteError(TftpError code, string message) => [0, 5, 0, (byte)code, .. Encoding.ASCII.GetBytes(message), 0];

    public static byte[] WriteOptions(IEnumerable<(string Name, string Value)> options) =>
        [0, 6, .. options.SelectMany(option => Encoding.ASCII.GetBytes($"{option.Name}\0{option.Value}\0"))];

    private static Request? ReadRequest(ReadOnlySpan<byte> rest, bool writes)
    {
        // The last string of some clients has no end; it is no request then.
        if (rest.Length > LongestRequest || rest[^1] != 0)
            return null;

        var words = Encoding.UTF8.GetString(rest[..^1]).Split('\0');
        if (words.Length < 2 || words[0].Length == 0 || words.Length > 2 + (2 * MostOptions))
            return null;

        // An odd word at the end is no option, and RFC 2347 lets a server overlook what it does not know.
        var options = Enumerable.Range(1, (words.Length - 2) / 2).Select(pair => (words[2 * pair].ToLowerInvariant(), words[(2 * pair) + 1])).ToList();
        return new Request(writes, words[0], words[1].ToLowerInvariant(), options);
    }

    private static string Printable(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        var shown = Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
        return new string([.. shown.Take(200).Select(c => char.IsControl(c) ? '?' : c)]);
    }
}
