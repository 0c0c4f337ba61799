using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trigger.Wire.Telnet;

namespace Trigger.Tests.Wire;

public sealed class The_Telnet_protocol
{
    private const byte Iac = 255, Will = 251, Wont = 252, Do = 253, Dont = 254, Sb = 250, Se = 240;

    [Fact]
    public void passes_plain_bytes_and_halves_doubled_IAC()
    {
        var (data, reply) = Whole([1, 2, Iac, Iac, 3]);
        Assert.Equal([1, 2, Iac, 3], data);
        Assert.Empty(reply);
    }

    [Theory]
    [InlineData("a\r\0b", "a\rb")]
    [InlineData("a\r\nb", "a\r\nb")]
    [InlineData("a\r\r\0\r\nb\0", "a\r\r\r\nb\0")]
    public void drops_only_the_NUL_that_follows_a_return(string sent, string heard) =>
        Assert.Equal(Encoding.Latin1.GetBytes(heard), Whole(Encoding.Latin1.GetBytes(sent)).Data);

    [Fact]
    public void keeps_NUL_once_the_far_end_sends_binary() =>
        Assert.Equal("\r\0"u8.ToArray(), Whole([Iac, Will, 0, (byte)'\r', 0]).Data);

    [Fact]
    public void answers_the_greeting_of_FRR()
    {
        var (_, reply) = Whole([Iac, Will, 1, Iac, Will, 3, Iac, Dont, 34, Iac, Do, 31]);
        Assert.Equal([Iac, Do, 1, Iac, Do, 3, Iac, Will, 31, Iac, Sb, 31, 1, Iac, Iac, 0, 0, Iac, Se], reply);
    }

    [Fact]
    public void answers_the_option_storm_of_inetutils_telnetd()
    {
        var (_, reply) = Whole([Iac, Will, 0x25, Iac, Will, 0x26, Iac, Do, 0x18, Iac, Do, 0x20, Iac, Do, 0x23, Iac, Do, 0x27, Iac, Do, 0x24]);
        Assert.Equal(
            [Iac, Dont, 0x25, Iac, Dont, 0x26, Iac, Will, 0x18, Iac, Wont, 0x20, Iac, Wont, 0x23, Iac, Wont, 0x27, Iac, Wont, 0x24], reply);
    }

    [Fact]
    public void tells_its_terminal_type_only_when_that_was_agreed()
    {
        byte[] send = [Iac, Sb, 24, 1, Iac, Se];
        Assert.Empty(Whole(send).Reply);
        Assert.Equal(
            [Iac, Will, 24, Iac, Sb, 24, 0, .. "vt100"u8, Iac, Se], Whole([Iac, Do, 24, .. send]).Reply);
    }

    [Fact]
    public void answers_an_option_once_and_its_withdrawal_once()
    {
        var (_, reply) = Whole([Iac, Will, 1, Iac, Will, 1, Iac, Wont, 1, Iac, Wont, 1, Iac, Will, 1]);
        Assert.Equal([Iac, Do, 1, Iac, Dont, 1, Iac, Do, 1], reply);
    }

    [Fact]
    public void falls_silent_towards_a_peer_that_answers_every_refusal_with_the_same_request()
    {
        var protocol = Protocol(columns: 80);
        var replies = 0;
        byte[] request = [Iac, Do, 36, Iac, Will, 36];
        for (var round = 0; round < 100; round++)
        {
            var (_, reply) = Feed(protocol, request);
            replies += reply.Length;
        }

        Assert.Equal(3 * request.Length, replies);
    }

    [Fact]
    public void keeps_no_more_of_a_subnegotiation_than_its_limit()
    {
        byte[] endless = [Iac, Sb, .. Enumerable.Repeat((byte)7, 100_000)];
        var protocol = Protocol(columns: 80);
        Feed(protocol, endless);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var input = new byte[100_000];
        protocol.Receive(input, new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 110_000);

        Assert.Equal("ok"u8.ToArray(), Feed(protocol, [Iac, Se, .. "ok"u8]).Data);
    }

    [Fact]
    public void takes_up_a_command_that_cuts_a_subnegotiation_short()
    {
        var (data, reply) = Whole([Iac, Sb, 24, 1, Iac, Will, 1, .. "x"u8]);
        Assert.Equal("x"u8.ToArray(), data);
        Assert.Equal([Iac, Do, 1], reply);
    }

    [Fact]
    public void doubles_IAC_on_the_way_out_and_nothing_else() =>
        Assert.Equal([1, Iac, Iac, (byte)'\r', (byte)'\n', 0], TelnetText.Encode([1, Iac, (byte)'\r', (byte)'\n', 0]));

    [Fact]
    public void hears_the_same_whatever_way_the_stream_is_cut()
    {
        // Bytes that mean something are made likely; uniform noise would hardly ever negotiate.
        var bytes = Gen.Frequency(
            (3, Gen.Elements(Iac)),
            (3, Gen.Elements(Will, Wont, Do, Dont, Sb, Se)),
            (2, Gen.Elements<byte>(0, 1, 3, 24, 31, 36, 39)),
            (2, Gen.Elements((byte)'\r', (byte)'\n', (byte)0)),
            (2, Gen.Choose(0, 255).Select(value => (byte)value))).ArrayOf();
        var cuts = Gen.Choose(1, 5).ArrayOf();

        Prop.ForAll(bytes.Zip(cuts).ToArbitrary(), pair =>
        {
            var (stream, lengths) = pair;
            var whole = Whole(stream);
            var cut = Cut(stream, lengths);
            return whole.Data.AsSpan().SequenceEqual(cut.Data)
                && whole.Reply.AsSpan().SequenceEqual(cut.Reply)
                && whole.Data.Length <= stream.Length
                && whole.Reply.Length <= 16 * stream.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static TelnetProtocol Protocol(int columns = 511) => new(new TelnetDial { Host = "r1", Port = 23, Limits = SshLab.Limits, Columns = columns });

    private static (byte[] Data, byte[] Reply) Whole(byte[] stream) => Feed(Protocol(), stream);

    private static (byte[] Data, byte[] Reply) Feed(TelnetProtocol protocol, byte[] stream)
    {
        var (data, reply) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        protocol.Receive(stream, data, reply);
        return (data.WrittenSpan.ToArray(), reply.WrittenSpan.ToArray());
    }

    private static (byte[] Data, byte[] Reply) Cut(byte[] stream, int[] lengths)
    {
        var protocol = Protocol();
        var (data, reply) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        for (int at = 0, turn = 0; at < stream.Length; turn++)
        {
            var length = Math.Min(lengths.Length == 0 ? 1 : lengths[turn % lengths.Length], stream.Length - at);
            protocol.Receive(stream.AsSpan(at, length), data, reply);
            at += length;
        }

        return (data.WrittenSpan.ToArray(), reply.WrittenSpan.ToArray());
    }
}
