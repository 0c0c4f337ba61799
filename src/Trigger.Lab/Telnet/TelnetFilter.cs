using System.Buffers;
using Trigger.Wire.Telnet;

namespace Trigger.Lab.Telnet;

/// <summary>
/// The server's half of RFC 854, as a router has it: it echoes, suppresses go-ahead, hears of the window's size, and wants nothing else. Takes Telnet's own bytes out
/// of what a client sends, and answers them where an answer is due.
/// </summary>
internal sealed class TelnetFilter
{
    private readonly TelnetOptions ours = new(TelnetCode.Will, TelnetCode.Wont, option => (TelnetOption)option is TelnetOption.Echo or TelnetOption.SuppressGoAhead);
    private readonly TelnetOptions theirs = new(TelnetCode.Do, TelnetCode.Dont, option => (TelnetOption)option is TelnetOption.SuppressGoAhead or TelnetOption.WindowSize);
    private State state;
    private byte verb;

    private enum State
    {
        Data,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
    }

    /// <summary>What a router says first.</summary>
    public byte[] Opening()
    {
        var opening = new ArrayBufferWriter<byte>();
        foreach (var option in new[] { TelnetOption.Echo, TelnetOption.SuppressGoAhead })
            Say(ours.Ask((byte)option, enable: true), (byte)option, opening);
        Say(theirs.Ask((byte)TelnetOption.WindowSize, enable: true), (byte)TelnetOption.WindowSize, opening);
        return opening.WrittenSpan.ToArray();
    }

    /// <summary>Moves the data to the front of the buffer and returns how much there is.</summary>
    /// <param name="reply">Gets what is to be sent back.</param>
    public int Strip(Span<byte> bytes, IBufferWriter<byte> reply)
    {
        var kept = 0;
        foreach (var one in bytes)
        {
            if (IsData(one, reply))
                bytes[kept++] = one;
        }

        if (kept > 0)
        {
            ours.DataCame();
            theirs.DataCame();
        }

        return kept;
    }

    private bool IsData(byte one, IBufferWriter<byte> reply)
    {
        switch (state)
        {
            case State.Data:
                if (one != TelnetCode.Iac)
                    return true;
                state = State.Command;
                return false;
            case State.Command:
                return Command(one, reply);
            case State.Option:
                state = State.Data;
                Negotiate(one, reply);
                return false;
            case State.Subnegotiation:
                state = one == TelnetCode.Iac ? State.SubnegotiationCommand : State.Subnegotiation;
                return false;
            default:
                state = one == TelnetCode.SubnegotiationEnd ? State.Data : State.Subnegotiation;
                return false;
        }
    }

    private bool Command(byte one, IBufferWriter<byte> reply)
    {
        verb = one;
        state = one switch
        {
            TelnetCode.Subnegotiation => State.Subnegotiation,
            >= TelnetCode.Will and < TelnetCode.Iac => State.Option,
            _ => State.Data,
        };
        if (one == (byte)TelnetSignal.AreYouThere)
            reply.Write("\r\n[Yes]\r\n"u8);
        return one == TelnetCode.Iac; // A doubled IAC is a byte 255.
    }

    private void Negotiate(byte option, IBufferWriter<byte> reply)
    {
        // RFC 860: everything before the mark has been taken, which is all that it asks.
        if (option == (byte)TelnetOption.TimingMark)
        {
            if (verb == TelnetCode.Do)
                Say(TelnetCode.Will, option, reply);
            return;
        }

        var side = verb is TelnetCode.Will or TelnetCode.Wont ? theirs : ours;
        Say(side.Heard(option, positive: verb is TelnetCode.Will or TelnetCode.Do), option, reply);
    }

    private static void Say(byte? word, byte option, IBufferWriter<byte> reply)
    {
        if (word is { } said)
            reply.Write([TelnetCode.Iac, said, option]);
    }
}
