using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Trigger.Wire.Telnet;

/// <summary>What one line agrees to and what it says about itself when asked.</summary>
internal sealed class TelnetTerms(TelnetDial dial)
{
    private readonly string[] terminalTypes = [dial.TerminalType, .. dial.FurtherTerminalTypes];
    private int nextTerminalType;
    private long windowSize = Pack(dial.Columns, dial.Rows);

    /// <summary>A new size of the window; from any thread.</summary>
    internal void Resize(int columns, int rows) => Interlocked.Exchange(ref windowSize, Pack(columns, rows));

    /// <summary>Whether the far end may use the option.</summary>
    internal bool TheyMay(byte option) => Decide(TelnetVerb.Will, option) switch
    {
        TelnetVerdict.Agree => true,
        TelnetVerdict.Refuse => false,
        _ => (TelnetOption)option is TelnetOption.Echo or TelnetOption.SuppressGoAhead or TelnetOption.Binary,
    };

    /// <summary>Whether we use the option when asked to.</summary>
    internal bool WeMay(byte option) => Decide(TelnetVerb.Do, option) switch
    {
        TelnetVerdict.Agree => true,
        TelnetVerdict.Refuse => false,
        _ => (TelnetOption)option switch
        {
            TelnetOption.SuppressGoAhead or TelnetOption.TerminalType or TelnetOption.WindowSize or TelnetOption.Status or TelnetOption.TimingMark => true,

            // In BINARY (RFC 856) CR LF is two bytes to the far end's terminal, and telnetd, which asks for it, hears RETURN twice: only for who wants that.
            TelnetOption.Binary => dial.Binary,
            TelnetOption.NewEnvironment => dial.Environment.Count > 0,
            _ => false,
        },
    };

    /// <summary>The answer to a subnegotiation, from the option's byte on and without IAC doubling; null to say nothing.</summary>
    internal byte[]? Answer(ReadOnlySpan<byte> asked, TelnetOptions ours, TelnetOptions theirs)
    {
        if (asked.IsEmpty)
            return null;

        var option = (TelnetOption)asked[0];
        if (dial.Subnegotiated is { } hear && hear(option, asked[1..].ToArray()) is { } said)
            return [asked[0], .. said.Span];

        if (!ours.IsOn(asked[0]) || asked.Length < 2 || asked[1] != TelnetCode.Send)
            return null;

        return option switch
        {
            TelnetOption.TerminalType => [asked[0], TelnetCode.Is, .. Encoding.ASCII.GetBytes(NextTerminalType())],
            TelnetOption.NewEnvironment => [asked[0], .. TelnetEnvironment.Answer(asked[2..], dial.Environment)],
            TelnetOption.Status => Status(ours, theirs),
            _ => null,
        };
    }

    /// <summary>From the option's byte on, without IAC doubling.</summary>
    internal byte[] WindowSize()
    {
        var size = new byte[5];
        var packed = Interlocked.Read(ref windowSize);
        size[0] = (byte)TelnetOption.WindowSize;
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(1), (ushort)(packed >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(3), (ushort)packed);
        return size;
    }

    private TelnetVerdict Decide(TelnetVerb verb, byte option) => dial.Decide?.Invoke(new TelnetRequest(verb, (TelnetOption)option)) ?? TelnetVerdict.AsUsual;

    // RFC 1091: the names in turn, the last one twice to say that it was the last, then from the first again.
    private string NextTerminalType()
    {
        var name = terminalTypes[Math.Min(nextTerminalType, terminalTypes.Length - 1)];
        nextTerminalType = nextTerminalType == terminalTypes.Length ? 0 : nextTerminalType + 1;
        return name;
    }

    // RFC 859: every option in use, from our point of view. A 240 among them is doubled, so that nobody takes it for the end.
    private static byte[] Status(TelnetOptions ours, TelnetOptions theirs)
    {
        var status = new ArrayBufferWriter<byte>();
        status.Write([(byte)TelnetOption.Status, TelnetCode.Is]);
        foreach (var (side, verb) in new[] { (ours, TelnetCode.Will), (theirs, TelnetCode.Do) })
        {
            foreach (var option in side.On.Order())
            {
                status.Write([verb, option]);
                if (option == TelnetCode.SubnegotiationEnd)
                    status.Write([option]);
            }
        }

        return status.WrittenSpan.ToArray();
    }

    private static long Pack(int columns, int rows) => ((long)Math.Clamp(columns, 0, ushort.MaxValue) << 16) | (ushort)Math.Clamp(rows, 0, ushort.MaxValue);
}
