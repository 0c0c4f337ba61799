namespace Trigger.Wire.Netconf.Framing;

/// <summary>Takes the framing of RFC 6242 off a stream that arrives in pieces of any size. Holds a few bytes at most; the limit of a message is its reader's affair.</summary>
internal interface IFrameReader
{
    /// <summary>Takes the next piece from the front of <paramref name="input"/>; false when all of the input is used and says nothing more.</summary>
    /// <exception cref="NetconfException">The framing is broken (<see cref="NetconfFault.BadFraming"/>); nothing after this can be trusted.</exception>
    bool TryRead(ref ReadOnlyMemory<byte> input, out FramePiece piece);
}
