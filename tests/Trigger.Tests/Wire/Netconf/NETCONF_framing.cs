using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Framing;

namespace Trigger.Tests.Wire.Netconf;

public sealed class NETCONF_framing
{
    private const string Eom = "]]>]]>";

    [Theory]
    [InlineData("<a/>]]>]]>", "<a/>")]
    [InlineData("<a/>]]>]]><b/>]]>]]>", "<a/>", "<b/>")]
    [InlineData("a]]]>]]>", "a]")]
    [InlineData("a]]>]]]]>]]>", "a]]>]]")]
    [InlineData("]]>]]>x]]>]]>", "", "x")]
    [InlineData("a]]>b]]>]b]]>]]>", "a]]>b]]>]b")]
    public void ends_a_message_at_the_marker_however_the_stream_is_split(string stream, params string[] messages) =>
        EverySplitGives(() => new EndOfMessageReader(), stream, messages);

    [Theory]
    [InlineData("\n#4\n<a/>\n##\n", "<a/>")]
    [InlineData("\n#1\n<\n#3\na/>\n##\n\n#2\nhi\n##\n", "<a/>", "hi")]
    [InlineData("\n#6\n\n##\n#1\n##\n", "\n##\n#1")]
    [InlineData("\n#10\n0123456789\n##\n", "0123456789")]
    public void joins_chunks_however_the_stream_is_split(string stream, params string[] messages) => EverySplitGives(() => new ChunkReader(), stream, messages);

    [Theory]
    [InlineData("#4\n", "a line feed")]
    [InlineData("\n4\n", "'#'")]
    [InlineData("\n#0\n", "begins with '0'")]
    [InlineData("\n#04\n", "begins with '0'")]
    [InlineData("\n#\n", "begins with")]
    [InlineData("\n#4x", "'x'")]
    [InlineData("\n#4294967296\n", "4294967295")]
    [InlineData("\n#10000000000\n", "4294967295")]
    [InlineData("\n##\n", "without a chunk")]
    [InlineData("\n#1\na\n##x", "a line feed")]
    [InlineData("\n#1\nab", "a line feed")]
    [InlineData("<?xml version", "a line feed")]
    public void refuses_what_is_no_chunk(string stream, string reason)
    {
        for (var split = 0; split < stream.Length; split++)
        {
            var broken = Assert.Throws<NetconfException>(() => Read(new ChunkReader(), Split(stream, split)));
            Assert.Contains(reason, Assert.IsType<NetconfFault.BadFraming>(broken.Fault).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void takes_the_largest_chunk_size_there_is()
    {
        var reader = new ChunkReader();
        Assert.Empty(Read(reader, [Encoding.ASCII.GetBytes("\n#4294967295\nabc")]));
    }

    [Fact]
    public void hands_out_slices_of_what_was_read_and_no_copies()
    {
        ReadOnlyMemory<byte> input = Encoding.ASCII.GetBytes("\n#1000\n" + new string('x', 1000) + "\n##\n");
        var whole = input;
        Assert.True(new ChunkReader().TryRead(ref input, out var piece));
        Assert.Equal(1000, piece.Payload.Length);
        Assert.True(whole.Span.Overlaps(piece.Payload.Span));
    }

    [Fact]
    public void gives_back_what_was_written_whatever_the_pieces()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var chunked = random.Next(2) == 0;
            var messages = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Message(random)).ToArray();
            var stream = new ArrayBufferWriter<byte>();
            foreach (var message in messages)
            {
                if (chunked)
                    WriteInChunks(stream, message, random);
                else
                    FrameWriter.Write(stream, chunked: false, Encoding.ASCII.GetBytes(message));
            }

            IFrameReader reader = chunked ? new ChunkReader() : new EndOfMessageReader();
            Assert.Equal(messages, Read(reader, Shred(stream.WrittenMemory, random)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void never_does_worse_than_refuse_a_corrupted_stream()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var stream = new ArrayBufferWriter<byte>();
            for (var i = 0; i < 3; i++)
                WriteInChunks(stream, Message(random), random);

            var bytes = stream.WrittenSpan.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            foreach (IFrameReader reader in new IFrameReader[] { new ChunkReader(), new EndOfMessageReader() })
            {
                try
                {
                    var read = Read(reader, Shred(bytes, random));
                    Assert.True(read.Sum(message => message.Length) <= bytes.Length);
                }
                catch (NetconfException refused)
                {
                    Assert.IsType<NetconfFault.BadFraming>(refused.Fault);
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    private static string Message(Random random)
    {
        // Mostly characters of the markers, so that they are met half and doubled.
        const string Alphabet = "]>#\n0129<ab";
        var text = new string([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
        var safe = text.Replace(Eom, "", StringComparison.Ordinal).TrimEnd(']', '>');
        return safe.Length == 0 || safe.Contains(Eom, StringComparison.Ordinal) ? "x" : safe;
    }

    private static void WriteInChunks(ArrayBufferWriter<byte> to, string message, Random random)
    {
        for (var at = 0; at < message.Length;)
        {
            var length = random.Next(1, message.Length - at + 1);
            to.Write(Encoding.ASCII.GetBytes($"\n#{length}\n{message.Substring(at, length)}"));
            at += length;
        }

        to.Write("\n##\n"u8);
    }

    private static List<byte[]> Shred(ReadOnlyMemory<byte> stream, Random random)
    {
        var pieces = new List<byte[]>();
        while (!stream.IsEmpty)
        {
            var length = Math.Min(stream.Length, random.Next(1, 12));
            pieces.Add(stream[..length].ToArray());
            stream = stream[length..];
        }

        return pieces;
    }

    private static void EverySplitGives(Func<IFrameReader> make, string stream, string[] messages)
    {
        for (var split = 0; split < stream.Length; split++)
            Assert.Equal(messages, Read(make(), Split(stream, split)));

        Assert.Equal(messages, Read(make(), [.. stream.Select(character => new[] { (byte)character })]));
    }

    private static byte[][] Split(string stream, int at) => [Encoding.ASCII.GetBytes(stream[..at]), Encoding.ASCII.GetBytes(stream[at..])];

    private static List<string> Read(IFrameReader reader, IEnumerable<byte[]> pieces)
    {
        var messages = new List<string>();
        var current = new StringBuilder();
        foreach (var bytes in pieces)
        {
            ReadOnlyMemory<byte> input = bytes;
            while (reader.TryRead(ref input, out var piece))
            {
                current.Append(Encoding.ASCII.GetString(piece.Payload.Span));
                if (!piece.EndsMessage)
                    continue;

                messages.Add(current.ToString());
                current.Clear();
            }
        }

        return messages;
    }
}
