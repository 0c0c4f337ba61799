using System.Net.Sockets;
using System.Text;
using Trigger.Wire;
using Trigger.Wire.Telnet;

namespace Trigger.Tests.Wire;

public sealed class A_Telnet_line
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task negotiates_and_carries_bytes_both_ways()
    {
        var typed = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(async socket =>
        {
            await socket.SendAsync(new byte[] { 255, 251, 1, (byte)'>' });
            typed.SetResult(await ScriptedPeer.Read(socket, 8));
        });
        var (line, heard) = Call(peer.Port);
        Assert.Equal($"127.0.0.1:{peer.Port}", (await heard.Opened()).Address);
        await heard.Text(">");
        line.Write([(byte)'a', 255, (byte)'b', (byte)'\n']);
        Assert.Equal([255, 253, 1, (byte)'a', 255, 255, (byte)'b', (byte)'\n'], await HeardLine.Soon(typed.Task));
    }

    [Fact]
    public async Task ends_in_order_when_the_device_closes()
    {
        using var peer = new ScriptedPeer(async socket =>
        {
            await socket.SendAsync("bye"u8.ToArray());
            socket.Dispose();
        });
        var (_, heard) = Call(peer.Port);
        Assert.Null(await heard.Closed());
        await heard.Text("bye");
        Assert.Equal(1, heard.Closings);
    }

    [Fact]
    public async Task tells_that_the_line_was_lost_when_the_device_resets_it()
    {
        using var peer = new ScriptedPeer(async socket =>
        {
            await ScriptedPeer.Read(socket, 1);
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        });
        var (line, heard) = Call(peer.Port);
        line.Write("x"u8);
        Assert.Equal("the session", Assert.IsType<WireFault.LineLost>(await heard.Closed()).During);
    }

    [Fact]
    public async Task says_refused_when_nobody_listens()
    {
        using var closed = ScriptedPeer.ClosedPort(out var port);
        Assert.Equal(new WireFault.Refused($"127.0.0.1:{port}"), await Call(port).Heard.Closed());
    }

    [Fact]
    public async Task says_that_the_name_was_not_found() =>
        Assert.IsType<WireFault.NameNotFound>(await Call(23, host: "no such host").Heard.Closed());

    [Fact]
    public async Task says_overdue_when_the_connect_is_not_answered()
    {
        // A full backlog makes Linux drop further SYNs, which is silence without leaving the loopback.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        var port = ((System.Net.IPEndPoint)listener.LocalEndPoint!).Port;
        Assert.Equal(new WireFault.Overdue("connecting", Brief, ""), await Call(port, connect: Brief).Heard.Closed());
    }

    [Fact]
    public async Task sends_everything_before_an_orderly_close()
    {
        const int Length = 3_000_000;
        var typed = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(async socket => typed.SetResult(await ScriptedPeer.Read(socket, Length + 1)));
        var (line, heard) = Call(peer.Port);
        line.Write(Encoding.ASCII.GetBytes(new string('x', Length)));
        await heard.Opened();
        line.Close();
        Assert.Equal(Length, (await HeardLine.Soon(typed.Task)).Length);
        peer.Dispose();
        Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task resets_the_connection_when_aborted()
    {
        var end = new TaskCompletionSource<SocketError>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(async socket =>
        {
            try
            {
                await ScriptedPeer.Read(socket, 1);
                end.SetResult(SocketError.Success);
            }
            catch (SocketException error)
            {
                end.SetResult(error.SocketErrorCode);
            }
        });
        var (line, heard) = Call(peer.Port);
        await heard.Opened();
        line.Abort();
        Assert.Null(await heard.Closed());
        Assert.Equal(SocketError.ConnectionReset, await HeardLine.Soon(end.Task));
    }

    [Fact]
    public async Task ends_when_closed_before_it_was_open()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        var (line, heard) = Call(((System.Net.IPEndPoint)listener.LocalEndPoint!).Port);
        line.Close();
        Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task holds_the_device_back_while_paused_and_gets_every_byte_after()
    {
        const int Length = 30_000_000;
        var poured = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(async socket =>
        {
            await ScriptedPeer.Read(socket, 1);
            var bytes = new byte[Length];
            for (var sent = 0; sent < Length;)
                sent += await socket.SendAsync(bytes.AsMemory(sent));

            poured.SetResult();
        });
        var (line, heard) = Call(peer.Port);
        await heard.Opened();
        line.Pause();
        line.Write("g"u8);

        // Another line's round trip shows that time has passed in which a line that reads would have heard something.
        using var other = new ScriptedPeer(socket => socket.SendAsync("hello"u8.ToArray()));
        await Call(other.Port).Heard.Text("hello");
        Assert.False(poured.Task.IsCompleted);
        Assert.InRange(heard.ReceivedCount, 0, 16 * 1024);

        line.Resume();
        Assert.Equal(Length, (await heard.Bytes(Length)).Length);
    }

    [Fact]
    public async Task stops_listening_to_a_far_end_that_asks_without_end_and_hears_no_answer()
    {
        var accepted = 0L;
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] questions = [.. Enumerable.Repeat(new byte[] { 255, 246 }, 32 * 1024).SelectMany(pair => pair)];
        using var peer = new ScriptedPeer(async socket =>
        {
            socket.ReceiveBufferSize = 4096;
            while (accepted < 256 * 1024 * 1024)
            {
                // Not blocked for a moment but for good: both directions' buffers are full, and nobody reads.
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                try
                {
                    accepted += await socket.SendAsync(questions, SocketFlags.None, patience.Token);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }

            stuck.SetResult();
        });
        var (line, heard) = Call(peer.Port);
        await heard.Opened();
        await stuck.Task.WaitAsync(HeardLine.Patience, TestContext.Current.CancellationToken);

        Assert.InRange(accepted, 1, 64 * 1024 * 1024);
        line.Abort();
        Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task holds_no_thread_while_it_is_idle()
    {
        // So many that the threads of other tests, which run in this process at the same time, do not matter.
        const int Lines = 600;
        using var peer = new ScriptedPeer(socket => socket.SendAsync(">"u8.ToArray()));
        var idle = new List<(ILine Line, HeardLine Heard)>();
        for (var i = 0; i < Lines; i++)
        {
            idle.Add(Call(peer.Port));
            await idle[i].Heard.Text(">");
        }

        Assert.InRange(Directory.GetDirectories("/proc/self/task").Length, 1, Lines / 2);
        foreach (var (line, _) in idle)
            line.Abort();

        foreach (var (_, heard) in idle)
            Assert.Null(await heard.Closed());
    }

    private static (ILine Line, HeardLine Heard) Call(int port, TimeSpan? connect = null, string host = "127.0.0.1")
    {
        var heard = new HeardLine();
        var limits = SshLab.Limits with { Connect = connect ?? SshLab.Limits.Connect };
        return (new TelnetDialer().Dial(new TelnetDial { Host = host, Port = port, Limits = limits }, heard), heard);
    }
}
