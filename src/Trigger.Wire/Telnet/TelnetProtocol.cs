using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Trigger.Wire.Telnet;

/// <summary>
/// The client's half of RFC 854, without a socket: bytes in, data and replies out. Keeps at most one subnegotiation of
/// <see cref="LongestSubnegotiation"/> bytes, and does the same whatever way the stream is cut.
/// </summary>
internal sealed class TelnetProtocol
{
    internal const int LongestSubnegotiation = 512;

    private static readonly SearchValues<byte> Special = SearchValues.Create(TelnetCode.Iac, (byte)'\r');

    private readonly string terminalType;
    private readonly int columns;
    private readonly int rows;
    private readonly TelnetOptions theirs = new(TelnetCode.Do, TelnetCode.Dont, TelnetCode.Echo, TelnetCode.SuppressGoAhead, TelnetCode.Binary);

    // We never promise BINARY (RFC 856): in it CR LF is two bytes to the far end's terminal, and telnetd, which asks for it, hears RETURN twice.
    private readonly TelnetOptions ours = new(
        TelnetCode.Will, TelnetCode.Wont, TelnetCode.SuppressGoAhead, TelnetCode.TerminalType, TelnetCode.WindowSize);

    private State state;
    private byte verb;
    private byte[]? subnegotiation;
    private int subnegotiationLength;

    internal TelnetProtocol(string terminalType, int columns, int rows)
    {
        this.terminalType = terminalType;
        this.columns = columns;
        this.rows = rows;
    }

    private enum State : byte
    {
        Data,
        AfterReturn,
        AfterIac,
        AfterVerb,
        Inside,
        InsideAfterIac,
    }

    /// <summary>Doubles IAC; everything else goes as it is.</summary>
    internal static byte[] Escape(ReadOnlySpan<byte> bytes)
    {
        var doubled = bytes.Count(TelnetCode.Iac);
        var escaped = new byte[bytes.Length + doubled];
        if (doubled == 0)
        {
            bytes.CopyTo(escaped);
            return escaped;
        }

        var length = 0;
        foreach (var value in bytes)
        {
            escaped[length++] = value;
            if (value == TelnetCode.Iac)
                escaped[length++] = value;
        }

        return escaped;
    }

    /// <param name="data">Gets what the device said to us.</param>
    /// <param name="reply">Gets what must be sent back at once.</param>
    internal void Receive(ReadOnlySpan<byte> input, IBufferWriter<byte> data, IBufferWriter<byte> reply)
    {
        while (!input.IsEmpty)
        {
            if (state == State.Data)
            {
                var plain = input.IndexOfAny(Special);
                data.Write(plain < 0 ? input : input[..plain]);
                if (plain < 0)
                    return;

                input = input[plain..];
            }

            Take(input[0], data, reply);
            input = input[1..];
        }
    }

    private static void Put(IBufferWriter<byte> writer, byte value) => writer.Write([value]);

    private void Take(byte value, IBufferWriter<byte> data, IBufferWriter<byte> reply)
    {
        switch (state)
        {
            case State.Data when value == TelnetCode.Iac:
                state = State.AfterIac;
                break;
            case State.Data:
                Put(data, value); // A carriage return; whether a NUL follows that is not data is seen next.
                state = theirs.IsOn(TelnetCode.Binary) ? State.Data : State.AfterReturn;
                break;
            case State.AfterReturn:
                state = State.Data;
                if (value != 0)
                    Reconsider(value, data);
                break;
            case State.AfterIac:
                Command(value, data);
                break;
            case State.AfterVerb:
                state = State.Data;
                Negotiate(value, reply);
                break;
            case State.Inside when value == TelnetCode.Iac:
                state = State.InsideAfterIac;
                break;
            case State.Inside:
                Collect(value);
                break;
            case State.InsideAfterIac:
                EndOrGoOn(value, data, reply);
                break;
        }
    }

    // The byte after a return that was not NUL may itself be special.
    private void Reconsider(byte value, IBufferWriter<byte> data)
    {
        if (value == TelnetCode.Iac)
        {
            state = State.AfterIac;
            return;
        }

        Put(data, value);
        if (value == (byte)'\r')
            state = State.AfterReturn;
    }

    private void Command(byte value, IBufferWriter<byte> data)
    {
        state = State.Data;
        switch (value)
        {
            case TelnetCode.Iac:
                Put(data, value);
                break;
            case TelnetCode.Will or TelnetCode.Wont or TelnetCode.Do or TelnetCode.Dont:
                verb = value;
                state = State.AfterVerb;
                break;
            case TelnetCode.Subnegotiation:
                subnegotiationLength = 0;
                state = State.Inside;
                break;
        }

        // Go-ahead, data mark, are-you-there and the rest ask nothing of a client that is not a terminal.
    }

    private void Negotiate(byte option, IBufferWriter<byte> reply)
    {
        var side = verb is TelnetCode.Will or TelnetCode.Wont ? theirs : ours;
        var answer = side.Asked(option, wanted: verb is TelnetCode.Will or TelnetCode.Do);
        if (answer is not { } word)
            return;

        reply.Write([TelnetCode.Iac, word, option]);
        if (side == ours && word == TelnetCode.Will && option == TelnetCode.WindowSize)
            TellWindowSize(reply);
    }

    private void Collect(byte value)
    {
        subnegotiation ??= new byte[LongestSubnegotiation];
        if (subnegotiationLength < LongestSubnegotiation)
            subnegotiation[subnegotiationLength++] = value;
    }

    private void EndOrGoOn(byte value, IBufferWriter<byte> data, IBufferWriter<byte> reply)
    {
        if (value == TelnetCode.Iac)
        {
            state = State.Inside;
            Collect(value);
            return;
        }

        if (value != TelnetCode.SubnegotiationEnd)
        {
            Command(value, data); // The far end forgot to end it; RFC 854 lets no other command stand here, so it is a new one.
            return;
        }

        state = State.Data;
        var asked = subnegotiation.AsSpan(0, subnegotiationLength);
        if (asked is [TelnetCode.TerminalType, TelnetCode.TerminalTypeSend, ..] && ours.IsOn(TelnetCode.TerminalType))
            TellTerminalType(reply);

        subnegotiation = null; // An idle session does not keep the buffer.
    }

    private void TellTerminalType(IBufferWriter<byte> reply)
    {
        reply.Write([TelnetCode.Iac, TelnetCode.Subnegotiation, TelnetCode.TerminalType, TelnetCode.TerminalTypeIs]);
        reply.Write(Encoding.ASCII.GetBytes(terminalType));
        reply.Write([TelnetCode.Iac, TelnetCode.SubnegotiationEnd]);
    }

    private void TellWindowSize(IBufferWriter<byte> reply)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)columns);
        BinaryPrimitives.WriteUInt16BigEndian(size[2..], (ushort)rows);
        reply.Write([TelnetCode.Iac, TelnetCode.Subnegotiation, TelnetCode.WindowSize]);
        reply.Write(Escape(size)); // 511 columns have a byte of 255 in them.
        reply.Write([TelnetCode.Iac, TelnetCode.SubnegotiationEnd]);
    }
}
