using System.Buffers;
using System.Text;
using Trigger.Lab.Ssh;
using Trigger.Wire;

namespace Trigger.Tests.Wire;

public sealed class An_SSH_line
{
    [Fact]
    public async Task opens_a_shell_with_a_password_and_carries_bytes_both_ways()
    {
        using var lab = new SshLab(host => host with { Banner = "Authorised users only" });
        var (line, heard) = await lab.LogIn();

        var greeting = await heard.Opened();
        Assert.Equal($"127.0.0.1:{lab.Port}", greeting.Address);
        Assert.Equal("SSH-2.0-Cisco-1.25", greeting.ServerVersion);
        Assert.Equal("Authorised users only", greeting.Banner);
        Assert.Equal(lab.HostKey.Fingerprint, greeting.HostKeyFingerprint);
        await heard.Text("router#");

        line.Write("show clock\n"u8);
        await heard.Text("[show clock] admin#");

        line.Close();
        Assert.Null(await heard.Closed());
        Assert.Equal(1, heard.Closings);
    }

    [Fact]
    public async Task opens_with_keyboard_interactive_when_that_is_all_the_server_lists()
    {
        using var lab = new SshLab(host => host with { Login = host.Login with { Password = null } });
        var (_, heard) = await lab.LogIn();
        await heard.Text("router#");
    }

    [Fact]
    public async Task asks_for_no_credentials_when_the_server_lets_everyone_in()
    {
        using var lab = new SshLab(host => host with { Login = new LabSshLogin { Everyone = true } });
        var (_, heard) = lab.Call(lab.Dial with { UserName = "guest" });
        await heard.Text("router#");
        Assert.False(heard.WasAskedForCredentials);
    }

    [Fact]
    public async Task shows_the_banner_with_the_question_for_credentials_when_the_user_is_known()
    {
        using var lab = new SshLab(host => host with { Banner = "Keep out" });
        var (line, heard) = lab.Call(lab.Dial with { UserName = SshLab.User });
        Assert.Equal("Keep out", (await heard.Authenticating()).Banner);
        line.Authenticate(SshLab.ByPassword());
        await heard.Opened();
    }

    [Fact]
    public async Task opens_without_a_terminal_when_none_is_wanted()
    {
        using var lab = new SshLab();
        var (_, heard) = await lab.LogIn(dial: lab.Dial with { Terminal = false });
        await heard.Text("no terminal#");
    }

    [Fact]
    public async Task ends_in_order_when_the_device_closes_and_loses_none_of_its_last_words()
    {
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn();
        line.Write("exit\n"u8);
        Assert.Null(await heard.Closed());
        await heard.Text("bye");
    }

    [Fact]
    public async Task tells_that_the_line_was_lost_when_the_server_drops_it()
    {
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn();
        line.Write("die\n"u8);
        Assert.Equal("the session", Assert.IsType<WireFault.LineLost>(await heard.Closed()).During);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(33)]
    public async Task leaves_no_answer_lying_that_libssh_took_from_the_socket_in_pieces(int kilobytes)
    {
        // libssh reads the socket in pieces of 4096 bytes, so one packet needs several of its calls and wakes epoll once.
        using var lab = new SshLab(host => host with { Shell = shell => new Block(shell, kilobytes * 1024) });
        var (line, heard) = await lab.LogIn();
        line.Write("go\n"u8);
        Assert.Equal(kilobytes * 1024, (await heard.Bytes(kilobytes * 1024)).Length);
    }

    [Fact]
    public async Task sends_what_was_queued_before_an_orderly_close()
    {
        var typed = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var lab = new SshLab(host => host with { Shell = shell => new Keeper(shell, typed) });
        var (line, heard) = await lab.LogIn();
        await heard.Text("ready");
        var megabyte = new byte[1 << 20];
        for (var i = 0; i < 4; i++)
            line.Write(megabyte);

        line.Close();
        Assert.Null(await heard.Closed());
        Assert.Equal(4 << 20, (await HeardLine.Soon(typed.Task)).Length);
    }

    [Fact]
    public async Task sends_small_and_large_writes_in_their_order_and_each_once()
    {
        // More than a window takes, from one byte to more than is put together at once, and faster than they can go out.
        var typed = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var lab = new SshLab(host => host with { Shell = shell => new Keeper(shell, typed) });
        var (line, heard) = await lab.LogIn();
        await heard.Text("ready");
        var (chance, all) = (new Random(3), new MemoryStream());
        for (var i = 0; i < 20_000; i++)
        {
            var piece = new byte[i % 500 == 0 ? chance.Next(30_000, 70_000) : chance.Next(1, 300)];
            chance.NextBytes(piece);
            line.Write(piece);
            all.Write(piece);
        }

        line.Close();
        Assert.Null(await heard.Closed());
        var arrived = await HeardLine.Soon(typed.Task);
        Assert.True(all.ToArray().AsSpan().SequenceEqual(arrived), $"{arrived.Length} of {all.Length} bytes arrived, and not as they were written.");
    }

    [Fact]
    public async Task ends_at_once_when_aborted()
    {
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn();
        line.Abort();
        Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task ends_when_closed_before_it_was_open()
    {
        using var lab = new SshLab();
        var (line, heard) = lab.Call();
        await heard.Authenticating();
        line.Close();
        Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task holds_back_a_device_that_pours_while_paused_and_then_gets_every_byte()
    {
        const int Kilobytes = 20_000;
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn();
        await heard.Text("router#");

        line.Write(Encoding.ASCII.GetBytes($"big {Kilobytes}\n"));
        await heard.Bytes(100_000);
        line.Pause();
        line.Write("marker\n"u8);
        line.Resume();
        line.Pause();
        line.Resume();

        await heard.Text("[marker] admin#");
        Assert.Equal("router#".Length + (Kilobytes * 1024) + "end of big#".Length + "[marker] admin#".Length, heard.ReceivedCount);
    }

    [Fact]
    public async Task hears_nothing_more_while_paused()
    {
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn();
        await heard.Text("router#");
        line.Pause();
        line.Write("one\n"u8);

        // A second session's full round trip on the same reactors is the proof that the first had its chance.
        var (other, otherHeard) = await lab.LogIn();
        other.Write("two\n"u8);
        await otherHeard.Text("[two]");
        Assert.Equal("router#".Length, heard.ReceivedCount);

        line.Resume();
        await heard.Text("[one] admin#");
    }

    private sealed class Block(LabSshShell shell, int length) : ILabShell
    {
        public void Opened(bool terminal)
        {
        }

        public void Received(ReadOnlySpan<byte> bytes) => shell.Write(new byte[length]);

        public void Closed()
        {
        }
    }

    private sealed class Keeper(LabSshShell shell, TaskCompletionSource<byte[]> whole) : ILabShell
    {
        private readonly ArrayBufferWriter<byte> heard = new();

        public void Opened(bool terminal) => shell.Write("ready"u8.ToArray());

        public void Received(ReadOnlySpan<byte> bytes) => heard.Write(bytes);

        public void Closed() => whole.TrySetResult(heard.WrittenSpan.ToArray());
    }
}
