using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trigger.Files.Ssh;

/// <summary>One answer, its length in front.</summary>
internal sealed class SftpWriter
{
    private const uint HasSizePermissionsAndTimes = 1 | 4 | 8;
    private const uint DirectoryMode = 0x41ED; // drwxr-xr-x
    private const uint FileMode = 0x81A4; // -rw-r--r--

    private readonly ArrayBufferWriter<byte> to = new(64);

    public SftpWriter(SftpKind kind)
    {
        Number(0);
        Byte((byte)kind);
    }

    public SftpWriter Byte(byte value)
    {
        to.Write([value]);
        return this;
    }

    public SftpWriter Number(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to.GetSpan(4), value);
        to.Advance(4);
        return this;
    }

    public SftpWriter Long(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(to.GetSpan(8), value);
        to.Advance(8);
        return this;
    }

    public SftpWriter Bytes(ReadOnlySpan<byte> value)
    {
        Number((uint)value.Length);
        to.Write(value);
        return this;
    }

    public SftpWriter Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public SftpWriter Attributes(FileEntry entry)
    {
        var seconds = (uint)Math.Clamp(entry.Changed.ToUnixTimeSeconds(), 0, uint.MaxValue);
        return Number(HasSizePermissionsAndTimes).Long((ulong)entry.Length).Number(entry.IsDirectory ? DirectoryMode : FileMode).Number(seconds).Number(seconds);
    }

    /// <summary>A name, how <c>ls -l</c> shows it, and what is known of it.</summary>
    public SftpWriter Entry(FileEntry entry) =>
        Text(entry.Name)
            .Text(string.Create(CultureInfo.InvariantCulture, $"{(entry.IsDirectory ? "drwxr-xr-x" : "-rw-r--r--")} 1 0 0 {entry.Length,12} {entry.Changed.UtcDateTime:MMM dd  yyyy} {entry.Name}"))
            .Attributes(entry);

    public byte[] Whole()
    {
        var all = to.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(all, (uint)all.Length - 4);
        return all;
    }
}
