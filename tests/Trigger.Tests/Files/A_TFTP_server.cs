using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Trigger.Files;
using Trigger.Files.Tftp;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Files;

public sealed class A_TFTP_server : IAsyncLifetime
{
    private static readonly ClientList Everybody = new([]);

    private readonly TemporaryFolder folder = new();
    private readonly FakeClock clock = new();
    private readonly Channel<TransferNews> news = Channel.CreateUnbounded<TransferNews>();
    private readonly Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
    private TftpServer server = null!;
    private EndPoint from = new IPEndPoint(IPAddress.Any, 0);

    public ValueTask InitializeAsync()
    {
        server = Serve(writable: true, Everybody);
        client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        client.Dispose();
        patience.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(1300)]
    public async Task gives_a_file_block_by_block_and_ends_with_a_short_one(int length)
    {
        var text = Write("118", length);

        Assert.Equal(text, await Read(Request(1, "118", "octet"), 512));
        Assert.Equal(new TransferNews("tftp", client.LocalEndPoint!.ToString()!, "118", false, length, null), await News());
    }

    [Fact]
    public async Task agrees_on_a_block_size_and_tells_the_size()
    {
        var text = Write("118", 3000);
        await Send(Request(1, "118", "octet", "BLKSIZE", "1400", "tsize", "0", "timeout", "9", "windowsize", "4", "blksize", "8"), server.EndPoint);

        Assert.Equal("\0\u0006blksize\01400\0tsize\03000\0timeout\09\0", Encoding.ASCII.GetString(await Receive()));
        await Send(Ack(0), from);
        Assert.Equal(text, await Blocks(1400));
    }

    [Fact]
    public async Task sends_again_what_nobody_acknowledged_and_nothing_for_an_old_acknowledgement()
    {
        Write("118", 600);
        await Send(Request(1, "118", "octet"), server.EndPoint);
        var first = await Receive();

        Wait(TftpTerms.UsualTimeout);
        Assert.Equal(first, await Receive());

        await Send(Ack(1), from);
        var second = await Receive();
        Assert.Equal(2, Block(second));
        await Send(Ack(1), from);
        await Send(Ack(2), from);
        Assert.Null((await News()).Fault);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task gives_up_on_a_client_that_has_fallen_silent()
    {
        Write("118", 600);
        await Send(Request(1, "118", "octet"), server.EndPoint);
        for (var sent = 0; sent < 6; sent++)
        {
            Assert.Equal(1, Block(await Receive()));
            Wait(TftpTerms.UsualTimeout);
        }

        Assert.Equal("the client has fallen silent", (await News()).Fault);
    }

    [Theory]
    [InlineData("../secret", TftpError.AccessViolation)]
    [InlineData("/a/../../secret", TftpError.AccessViolation)]
    [InlineData("link", TftpError.AccessViolation)]
    [InlineData("linked/secret", TftpError.AccessViolation)]
    [InlineData(".hidden", TftpError.NotFound)]
    [InlineData("nothing", TftpError.NotFound)]
    [InlineData("", null)]
    public async Task never_leaves_its_root(string name, object? error)
    {
        Write(".hidden", 1);
        File.WriteAllText(folder.Path + ".secret", "secret");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "linked"), "/etc");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), folder.Path + ".secret");
        try
        {
            await Send(Request(1, name, "octet"), server.EndPoint);
            if (error is null)
            {
                // An empty name is no request at all; the next one is answered.
                await Send(Request(1, "nothing", "octet"), server.EndPoint);
                error = TftpError.NotFound;
            }

            var answer = await Receive();
            Assert.Equal((5, (int)(TftpError)error), ((int)answer[1], (int)answer[3]));
        }
        finally
        {
            File.Delete(folder.Path + ".secret");
        }
    }

    [Fact]
    public async Task takes_a_new_file_and_replaces_none()
    {
        await Send(Request(2, "new", "octet"), server.EndPoint);
        Assert.Equal(Ack(0), await Receive());
        await Send(Data(1, new byte[512]), from);
        Assert.Equal(Ack(1), await Receive());
        Assert.False(File.Exists(Path.Combine(folder.Path, "new")));
        await Send(Data(1, new byte[512]), from);
        Assert.Equal(Ack(1), await Receive());
        await Send(Data(2, "end"u8), from);
        Assert.Equal(Ack(2), await Receive());
        Assert.Equal(515, new FileInfo(Path.Combine(folder.Path, "new")).Length);

        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await other.SendToAsync(Request(2, "new", "octet"), SocketFlags.None, server.EndPoint, patience.Token);
        var answer = new byte[600];
        await other.ReceiveAsync(answer, SocketFlags.None, patience.Token);
        Assert.Equal((5, (int)TftpError.Exists), ((int)answer[1], (int)answer[3]));
    }

    [Fact]
    public async Task takes_nothing_when_it_is_for_reading_and_nothing_too_large()
    {
        await using var reader = Serve(writable: false, Everybody);
        await Send(Request(2, "new", "octet"), reader.EndPoint);
        Assert.Equal((int)TftpError.AccessViolation, (await Receive())[3]);

        await Send(Request(2, "large", "octet", "tsize", "9999999"), server.EndPoint);
        Assert.Equal((int)TftpError.DiskFull, (await Receive())[3]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task says_nothing_to_strangers_and_will_not_listen_for_everybody_beyond_the_loopback()
    {
        Write("118", 5);
        await using var picky = Serve(writable: false, ClientList.Read(["192.0.2.0/24"], []));
        await Send(Request(1, "118", "octet"), picky.EndPoint);
        Assert.Contains("not among", (await News()).Fault, StringComparison.Ordinal);
        Assert.Equal(0, client.Available);

        Assert.Contains("file-server.clients", TftpServer.WhyNot(new IPEndPoint(IPAddress.Any, 69), Everybody), StringComparison.Ordinal);
        Assert.Null(TftpServer.WhyNot(new IPEndPoint(IPAddress.Any, 69), ClientList.Read(["192.0.2.7"], [])));
        Assert.Throws<InvalidOperationException>(() => TftpServer.Start(new IPEndPoint(IPAddress.Any, 0), Root(false), Everybody, 1, clock, _ => { }));
    }

    [Fact]
    public async Task survives_any_datagram()
    {
        Write("118", 100);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var datagram = random.Next(3) == 0 ? Request(1, "118", "octet", "blksize", "16") : new byte[random.Next(1, 1500)];
            for (var changes = random.Next(4); changes > 0; changes--)
                datagram[random.Next(datagram.Length)] = (byte)random.Next(256);
            // What it reads of it must be none or a packet, and never an exception.
            _ = TftpPacket.Read(datagram);
            if (random.Next(10) == 0)
                await client.SendToAsync(datagram.AsMemory(0, Math.Max(1, datagram.Length / 2)), SocketFlags.None, server.EndPoint, patience.Token);
        }

        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await other.SendToAsync(Request(1, "118", "octet"), SocketFlags.None, server.EndPoint, patience.Token);
        var answer = new byte[600];
        Assert.True(await other.ReceiveAsync(answer, SocketFlags.None, patience.Token) == 104, $"seed {seed}");
    }

    [Fact]
    public void writes_lines_as_RFC_764_says_through_any_split()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var text = Enumerable.Range(0, random.Next(50)).Select(_ => "\r\nab\0"u8[random.Next(5)]).ToArray();
            var wire = new List<byte>();
            NetAscii.Encode(text, wire);
            var (decoder, back) = (new NetAscii(), new List<byte>());
            for (var at = 0; at < wire.Count;)
            {
                var part = random.Next(1, 4);
                back.AddRange(decoder.Decode(wire.Skip(at).Take(part).ToArray()));
                at += part;
            }

            back.AddRange(decoder.End());
            Assert.True(text.SequenceEqual(back), $"seed {seed}, case {i}");
        }
    }

    [Fact]
    public async Task gives_text_with_the_line_ends_of_the_wire()
    {
        File.WriteAllText(Path.Combine(folder.Path, "118"), "a\nb\rc");

        Assert.Equal("a\r\nb\r\0c"u8.ToArray(), await Read(Request(1, "118", "NetASCII"), 512));
    }

    private FileRoot Root(bool writable) => new(folder.Path, writable, 100_000);

    private TftpServer Serve(bool writable, ClientList clients) => TftpServer.Start(new IPEndPoint(IPAddress.Loopback, 0), Root(writable), clients, 4, clock, one => news.Writer.TryWrite(one));

    private byte[] Write(string name, int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        File.WriteAllBytes(Path.Combine(folder.Path, name), bytes);
        return bytes;
    }

    private async Task<byte[]> Read(byte[] request, int size)
    {
        await Send(request, server.EndPoint);
        return await Blocks(size);
    }

    private async Task<byte[]> Blocks(int size)
    {
        var all = new List<byte>();
        for (ushort block = 1; ; block++)
        {
            var part = await Receive();
            Assert.Equal((3, (int)block), ((int)part[1], Block(part)));
            all.AddRange(part[4..]);
            await Send(Ack(block), from);
            if (part.Length < 4 + size)
                return [.. all];
        }
    }

    // The server waits for a datagram with a timer that is armed before it looks.
    private void Wait(TimeSpan time)
    {
        SpinWait.SpinUntil(() => clock.ArmedTimers > 0, TimeSpan.FromSeconds(60));
        clock.Advance(time);
    }

    private ValueTask<TransferNews> News() => news.Reader.ReadAsync(patience.Token);

    private ValueTask<int> Send(byte[] datagram, EndPoint to) => client.SendToAsync(datagram, SocketFlags.None, to, patience.Token);

    private async Task<byte[]> Receive()
    {
        var buffer = new byte[70_000];
        var came = await client.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), patience.Token);
        from = came.RemoteEndPoint;
        return buffer[..came.ReceivedBytes];
    }

    private static byte[] Request(byte code, params string[] words) => [0, code, .. Encoding.ASCII.GetBytes(string.Join('\0', words)), 0];

    private static byte[] Ack(ushort block) => [0, 4, (byte)(block >> 8), (byte)block];

    private static byte[] Data(ushort block, ReadOnlySpan<byte> bytes) => [0, 3, (byte)(block >> 8), (byte)block, .. bytes];

    private static int Block(byte[] packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
}
