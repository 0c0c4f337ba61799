using System.Buffers.Binary;
using System.Text;

namespace Trigger.Files.Ssh;

/// <summary>Takes the fields of one request off it. A field that is not there makes <see cref="IsBroken"/> true, and all that follow empty.</summary>
internal ref struct SftpReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> rest = rest;

    public bool IsBroken { get; private set; }

    public byte Byte() => Take(1) is { Length: 1 } one ? one[0] : (byte)0;

    public uint Number() => Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    public ulong Long() => Take(8) is { Length: 8 } eight ? BinaryPrimitives.ReadUInt64BigEndian(eight) : 0;

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Number();
        if (length <= (uint)rest.Length)
            return Take((int)length);
        IsBroken = true;
        return [];
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    private ReadOnlySpan<byte> Take(int length)
    {
        if (IsBroken || rest.Length < length)
        {
            IsBroken = true;
            return [];
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
