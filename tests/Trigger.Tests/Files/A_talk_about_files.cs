using System.Buffers.Binary;
using System.Text;
using Trigger.Files;
using Trigger.Files.Ssh;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Files;

/// <summary>SFTP and SCP, byte by byte, without a network.</summary>
public sealed class A_talk_about_files : IDisposable
{
    private const uint Reading = 1;
    private const uint WritingNew = 2 | 8 | 16;

    private readonly TemporaryFolder folder = new();
    private readonly List<byte> said = [];
    private readonly List<TransferNews> news = [];
    private int? end;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void over_SFTP_reads_a_file_however_its_bytes_are_split()
    {
        Put("118", "hello");
        byte[] call = [.. Init(), .. Packet(3, 7, [.. Text("/118"), .. Number(Reading), .. Number(0)]), .. Packet(5, 8, [.. Text("1"), .. Long(1), .. Number(99)]), .. Packet(5, 9, [.. Text("1"), .. Long(5), .. Number(99)]), .. Packet(4, 10, Text("1"))];

        var whole = Answers(Sftp(), call, call.Length);
        for (var piece = 1; piece < 40; piece++)
            Assert.Equal(whole, Answers(Sftp(), call, piece));

        Assert.Equal([2, 102, 103, 101, 101], whole.Select(answer => (int)answer[0]));
        Assert.Equal("ello", Encoding.ASCII.GetString(whole[2][9..]));
        Assert.Equal(1u, Status(whole[3]));
        Assert.Equal(0u, Status(whole[4]));
        Assert.Equal(new TransferNews("sftp", "me@there", "/118", false, 4, null), news[0]);
    }

    [Fact]
    public void over_SFTP_has_a_file_only_once_it_is_closed_and_whole()
    {
        byte[] open = [.. Init(), .. Packet(3, 1, [.. Text("new"), .. Number(WritingNew), .. Number(0)])];
        byte[] write = Packet(6, 2, [.. Text("1"), .. Long(0), .. Text("abc")]);
        byte[] gap = Packet(6, 2, [.. Text("1"), .. Long(9), .. Text("abc")]);
        byte[] close = Packet(4, 3, Text("1"));

        Answers(Sftp(), [.. open, .. write], 7);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal("the client is gone", news[^1].Fault);

        Assert.Equal(4u, Status(Answers(Sftp(), [.. open, .. gap, .. close], 1000)[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));

        Assert.Equal(0u, Status(Answers(Sftp(), [.. open, .. write, .. close], 1)[^1]));
        Assert.Equal("abc", File.ReadAllText(Path.Combine(folder.Path, "new")));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/a/../../x")]
    [InlineData("out/passwd")]
    public void over_SFTP_never_leaves_the_root(string name)
    {
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "out"), "/etc");
        foreach (var kind in new byte[] { 7, 11, 17 })
            Assert.Equal(3u, Status(Answers(Sftp(), [.. Init(), .. Packet(kind, 1, Text(name))], 1000)[^1]));
        foreach (var flags in new[] { Reading, WritingNew })
            Assert.Equal(3u, Status(Answers(Sftp(), [.. Init(), .. Packet(3, 1, [.. Text(name), .. Number(flags), .. Number(0)])], 1000)[^1]));
    }

    [Fact]
    public void over_SFTP_lists_what_may_be_seen()
    {
        Put("118", "x");
        Put(".hidden", "x");
        Directory.CreateDirectory(Path.Combine(folder.Path, "more"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), "/etc/passwd");

        var answers = Answers(Sftp(), [.. Init(), .. Packet(11, 1, Text("/")), .. Packet(12, 2, Text("1")), .. Packet(12, 3, Text("1")), .. Packet(13, 4, Text("118")), .. Packet(20, 5, [.. Text("a"), .. Text("b")])], 1000);

        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(answers[2].AsSpan(5)));
        Assert.Equal(1u, Status(answers[3]));
        Assert.Equal([8u, 8u], answers[4..].Select(Status));
    }

    [Fact]
    public void over_SFTP_survives_any_bytes()
    {
        Put("118", "hello");
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[] call = [.. Init(), .. Packet(3, 7, [.. Text("/118"), .. Number(Reading), .. Number(0)]), .. Packet(5, 8, [.. Text("1"), .. Long(1), .. Number(99)]), .. Packet(3, 7, [.. Text("new"), .. Number(WritingNew), .. Number(0)]), .. Packet(6, 2, [.. Text("2"), .. Long(0), .. Text("abc")]), .. Packet(12, 2, Text("2")), .. Packet(4, 10, Text("2"))];
        for (var i = 0; i < 2000; i++)
        {
            var bytes = random.Next(4) == 0 ? new byte[random.Next(1, 200)] : call.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var failure = Record.Exception(() => Answers(Sftp(), bytes, random.Next(1, 50)));
            Assert.True(failure is null, $"seed {seed}, case {i}: {failure}");
        }
    }

    [Fact]
    public void over_SFTP_ends_with_who_sends_too_much_at_once()
    {
        Answers(Sftp(), [.. Init(), 0x7f, 0, 0, 0], 1000);
        Assert.Equal(1, end);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void over_SCP_gives_files_and_complaints(int piece)
    {
        Put("118", "hello");

        var answer = Scp("scp -v -f -- 118 nothing '118'", "\0\0\0\0\0\0\0"u8, piece);

        Assert.Equal("C0644 5 118\nhello\0\u0001scp: nothing: there is no such file\nC0644 5 118\nhello\0", answer);
        Assert.Equal(1, end);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void over_SCP_takes_files_whole(int piece)
    {
        Assert.Equal("\0\0\0\0\0\0", Scp("scp -p -t .", "T1 0 1 0\nC0644 5 new\nhello\0C0600 0 empty\n\0"u8, piece));
        Assert.Equal("hello", File.ReadAllText(Path.Combine(folder.Path, "new")));
        Assert.Equal("", File.ReadAllText(Path.Combine(folder.Path, "empty")));

        Scp("scp -t other", "C0644 5 new\nhel"u8, piece);
        Assert.False(File.Exists(Path.Combine(folder.Path, "other")));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Theory]
    [InlineData("scp -t ../up", "C0644 5 new\n", "\u0001scp: new: the name leads out of what is served\n")]
    [InlineData("scp -t .", "C0644 5 ../new\n", "\u0002scp: scp: this is no announcement of a file\n")]
    [InlineData("scp -t .", "C0644 99999999 new\n", "\u0001scp: ./new: it has more than 1000 bytes\n")]
    [InlineData("scp -r -t .", "D0755 0 dir\n", "\u0002scp: D0755 0 dir: directories are not taken\n")]
    [InlineData("scp -t .", "GET / HTTP/1.1\n", "\u0002scp: scp: this is not the protocol\n")]
    public void over_SCP_refuses_what_is_not_to_be(string command, string sent, string answer) =>
        Assert.Equal("\0" + answer, Scp(command, Encoding.ASCII.GetBytes(sent), 1000));

    [Theory]
    [InlineData("rm -rf /")]
    [InlineData("scp")]
    [InlineData("scp -f")]
    [InlineData("scp -f -t x")]
    [InlineData("scp -S sh -f x")]
    [InlineData("scp -t x; id")]
    [InlineData("scp -f 'x")]
    public void over_SCP_is_no_other_command(string command) => Assert.Null(ScpTalk.For(command, Setup()));

    [Fact]
    public void over_SCP_survives_any_bytes()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Encoding.ASCII.GetBytes("T1 0 1 0\nC0644 5 new\nhello\0C0600 0 empty\n\0");
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var failure = Record.Exception(() => Scp(random.Next(3) == 0 ? "scp -f new" : "scp -t .", bytes, random.Next(1, 50)));
            Assert.True(failure is null, $"seed {seed}, case {i}: {failure}");
        }
    }

    private SftpTalk Sftp() => new(Setup());

    private FileTalkSetup Setup() => new(new FileRoot(folder.Path, true, 1000), "me@there", bytes => said.AddRange(bytes.Span), status => end = status, news.Add);

    private string Scp(string command, ReadOnlySpan<byte> bytes, int piece)
    {
        said.Clear();
        end = null;
        using var talk = ScpTalk.For(command, Setup())!;
        talk.Begin();
        for (var at = 0; at < bytes.Length; at += piece)
        {
            talk.Receive(bytes.Slice(at, Math.Min(piece, bytes.Length - at)));
            talk.Drained();
        }

        return Encoding.UTF8.GetString([.. said]);
    }

    private List<byte[]> Answers(SftpTalk talk, byte[] call, int piece)
    {
        said.Clear();
        using (talk)
        {
            talk.Begin();
            for (var at = 0; at < call.Length; at += piece)
                talk.Receive(call.AsSpan(at, Math.Min(piece, call.Length - at)));
        }

        var answers = new List<byte[]>();
        for (var rest = said.ToArray().AsSpan(); rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            answers.Add(rest.Slice(4, length).ToArray());
            rest = rest[(4 + length)..];
        }

        return answers;
    }

    private void Put(string name, string text) => File.WriteAllText(Path.Combine(folder.Path, name), text);

    private static uint Status(byte[] answer) => answer[0] == 101 ? BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(5)) : uint.MaxValue;

    private static byte[] Init() => [0, 0, 0, 5, 1, 0, 0, 0, 3];

    private static byte[] Packet(byte kind, uint id, byte[] rest) => [.. Number((uint)rest.Length + 5), kind, .. Number(id), .. rest];

    private static byte[] Text(string text) => [.. Number((uint)text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Number(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static byte[] Long(ulong number) => [.. Number((uint)(number >> 32)), .. Number((uint)number)];
}
