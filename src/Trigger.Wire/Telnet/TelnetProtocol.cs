using System.Buffers;

namespace Trigger.Wire.Telnet;

/// <summary>
/// The client's half of RFC 854, without a socket: bytes in, data and replies out. Keeps at most one subnegotiation of
/// <see cref="LongestSubnegotiation"/> bytes, and does the same whatever way the stream is cut.
/// <para>Go-ahead, end-of-record and the data mark of a Synch are dropped: what a device said before the mark is what the caller asked for, so nothing is thrown away.</para>
/// </summary>
internal sealed class TelnetProtocol
{
    internal const int LongestSubnegotiation = 512;

    private static readonly SearchValues<byte> Special = SearchValues.Create(TelnetCode.Iac, (byte)'\r');

    private readonly TelnetDial dial;
    private readonly TelnetTerms terms;
    private readonly TelnetOptions theirs;
    private readonly TelnetOptions ours;
    private volatile bool tellsWindowSize;
    private volatile bool farEndEchoes;
    private State state;
    private byte verb;
    private byte[]? subnegotiation;
    private int subnegotiationLength;

    internal TelnetProtocol(TelnetDial dial)
    {
        this.dial = dial;
        terms = new TelnetTerms(dial);
        theirs = new TelnetOptions(TelnetCode.Do, TelnetCode.Dont, terms.TheyMay);
        ours = new TelnetOptions(TelnetCode.Will, TelnetCode.Wont, terms.WeMay);
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

    /// <summary>Whether our data goes out as BINARY.</summary>
    internal bool SendsBinary => ours.IsOn((byte)TelnetOption.Binary);

    /// <summary>Whether the far end shows what is typed; from any thread.</summary>
    internal bool FarEndEchoes => farEndEchoes;

    /// <summary>What we ask for before the far end has spoken.</summary>
    internal void Begin(IBufferWriter<byte> reply)
    {
        foreach (var option in dial.Ask)
            Say(theirs.Ask((byte)option, enable: true), (byte)option, reply);

        foreach (var option in dial.Offer)
            Say(ours.Ask((byte)option, enable: true), (byte)option, reply);
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
                Deliver(plain < 0 ? input : input[..plain], data);
                if (plain < 0)
                    return;

                input = input[plain..];
            }

            Take(input[0], data, reply);
            input = input[1..];
        }
    }

    /// <summary>The window has a new size; from any thread. Returns what to send, or null while the far end does not want to know.</summary>
    internal byte[]? Resize(int columns, int rows)
    {
        // First the size and then the look: whoever agrees to NAWS in this moment does it the other way round, so one of us tells the new size.
        terms.Resize(columns, rows);
        if (!tellsWindowSize)
            return null;

        var reply = new ArrayBufferWriter<byte>();
        Tell(terms.WindowSize(), reply);
        return reply.WrittenSpan.ToArray();
    }

    private void Deliver(ReadOnlySpan<byte> bytes, IBufferWriter<byte> data)
    {
        if (bytes.IsEmpty)
            return;

        data.Write(bytes);
        theirs.DataCame();
        ours.DataCame();
    }

    private void Take(byte value, IBufferWriter<byte> data, IBufferWriter<byte> reply)
    {
        switch (state)
        {
            case State.Data when value == TelnetCode.Iac:
                state = State.AfterIac;
                break;
            case State.Data:
                Deliver([value], data); // A carriage return; whether a NUL follows that is not data is seen next.
                state = theirs.IsOn((byte)TelnetOption.Binary) ? State.Data : State.AfterReturn;
                break;
            case State.AfterReturn:
                state = State.Data;
                if (value != 0)
                    Reconsider(value, data);
                break;
            case State.AfterIac:
                Command(value, data, reply);
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

        Deliver([value], data);
        if (value == (byte)'\r')
            state = State.AfterReturn;
    }

    private void Command(byte value, IBufferWriter<byte> data, IBufferWriter<byte> reply)
    {
        state = State.Data;
        switch (value)
        {
            case TelnetCode.Iac:
                Deliver([value], data);
                break;
            case TelnetCode.Will or TelnetCode.Wont or TelnetCode.Do or TelnetCode.Dont:
                verb = value;
                state = State.AfterVerb;
                break;
            case TelnetCode.Subnegotiation:
                subnegotiationLength = 0;
                state = State.Inside;
                break;
            case (byte)TelnetSignal.AreYouThere:
                dial.Trace?.Invoke("< AYT");

                // RFC 854 wants visible evidence. Whatever we print would be typed into the device, so the sign of life is one that nobody reads.
                dial.Trace?.Invoke("> NOP");
                reply.Write([TelnetCode.Iac, (byte)TelnetSignal.NoOperation]);
                break;
            default:
                dial.Trace?.Invoke("< " + TelnetNames.Of((TelnetSignal)value));
                break;
        }
    }

    private void Negotiate(byte option, IBufferWriter<byte> reply)
    {
        dial.Trace?.Invoke("< " + new TelnetRequest((TelnetVerb)verb, (TelnetOption)option));
        if (option == (byte)TelnetOption.TimingMark)
        {
            MarkTime(reply);
            return;
        }

        var side = verb is TelnetCode.Will or TelnetCode.Wont ? theirs : ours;
        var knewSize = tellsWindowSize;
        Say(side.Heard(option, positive: verb is TelnetCode.Will or TelnetCode.Do), option, reply);
        farEndEchoes = theirs.IsOn((byte)TelnetOption.Echo);
        tellsWindowSize = ours.IsOn((byte)TelnetOption.WindowSize);
        if (tellsWindowSize && !knewSize)
            Tell(terms.WindowSize(), reply);
    }

    // RFC 860: no option that is on or off. Everything before the request has been taken, which is what the mark says.
    private void MarkTime(IBufferWriter<byte> reply)
    {
        if (verb == TelnetCode.Do)
            Say(terms.WeMay((byte)TelnetOption.TimingMark) ? TelnetCode.Will : TelnetCode.Wont, (byte)TelnetOption.TimingMark, reply);
    }

    private void Collect(byte value)
    {
        subnegotiation ??= new byte[LongestSubnegotiation];
        if (subnegotiationLength < LongestSubnegotiation)
            subnegotiation[subnegotiationLength] = value;

        // One more than the limit says that something was lost.
        subnegotiationLength = Math.Min(subnegotiationLength + 1, LongestSubnegotiation + 1);
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
            Command(value, data, reply); // The far end forgot to end it; RFC 854 lets no other command stand here, so it is a new one.
            return;
        }

        state = State.Data;
        if (subnegotiationLength is > 0 and <= LongestSubnegotiation)
        {
            var asked = subnegotiation.AsSpan(0, subnegotiationLength);
            dial.Trace?.Invoke($"< SB {TelnetNames.Of((TelnetOption)asked[0])} {FarText.Show(asked[1..])}");
            if (terms.Answer(asked, ours, theirs) is { } answer)
                Tell(answer, reply);
        }

        subnegotiation = null; // An idle session does not keep the buffer.
    }

    private void Say(byte? word, byte option, IBufferWriter<byte> reply)
    {
        if (word is not { } said)
            return;

        dial.Trace?.Invoke("> " + new TelnetRequest((TelnetVerb)said, (TelnetOption)option));
        reply.Write([TelnetCode.Iac, said, option]);
    }

    private void Tell(ReadOnlySpan<byte> subject, IBufferWriter<byte> reply)
    {
        dial.Trace?.Invoke($"> SB {TelnetNames.Of((TelnetOption)subject[0])} {FarText.Show(subject[1..])}");
        reply.Write([TelnetCode.Iac, TelnetCode.Subnegotiation]);
        reply.Write(TelnetText.Encode(subject, binary: true)); // 511 columns have a byte of 255 in them.
        reply.Write([TelnetCode.Iac, TelnetCode.SubnegotiationEnd]);
    }
}
