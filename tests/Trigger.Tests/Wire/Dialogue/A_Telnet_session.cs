using System.Net.Sockets;
using System.Text;
using Trigger.Wire;
using Trigger.Wire.Dialogue;
using Trigger.Wire.Ssh;
using Trigger.Wire.Telnet;

namespace Trigger.Tests.Wire;

/// <summary>The sessions for those who use the wire alone.</summary>
public sealed class A_Telnet_session
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task plays_the_login_as_a_text_game()
    {
        using var peer = new ScriptedPeer(async socket =>
        {
            await Say(socket, "login: ");
            await Until(socket, "\r\n");
            await Say(socket, "Password: ");
            await Until(socket, "\r\n");
            await Say(socket, "\r\nWelcome\r\n$ ");
            Assert.Equal("exec uptime\n", await Until(socket, "\n"));
            await Say(socket, "up 5 days\r\n");
            socket.Dispose();
        });
        var log = new List<string>();
        await using var t = await TelnetSession.ConnectAsync("127.0.0.1", peer.Port, new DialogueOptions { Log = log.Add }, Cancel);

        await t.ReadUntilAsync("login:", cancel: Cancel);
        await t.WriteLineAsync("brandon");
        await t.ReadUntilAsync("assword:", cancel: Cancel);
        await t.WriteSecretAsync("mypass");
        var found = await t.ExpectAsync(["Login incorrect", @"\$"], TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(1, found.Index);
        await t.WriteAsync("exec uptime\n");
        Assert.Equal(" up 5 days\r\n", await t.ReadAllAsync(cancel: Cancel));
        Assert.Contains("> brandon\\r\\n", log);
        Assert.DoesNotContain(log, line => line.Contains("mypass", StringComparison.Ordinal));
    }

    [Fact]
    public async Task decides_about_options_as_its_caller_says()
    {
        var heard = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(async socket =>
        {
            await socket.SendAsync(new byte[] { 255, 251, 1, 255, 253, 24, 255, 250, 24, 1, 255, 240 });
            heard.SetResult(await ScriptedPeer.Read(socket, 20));
        });
        var log = new List<string>();
        var dial = new TelnetDial
        {
            Host = "127.0.0.1",
            Port = peer.Port,
            Limits = SshLab.Limits,
            TerminalType = "mypython",
            Decide = request => request.Option == TelnetOption.TerminalType ? TelnetVerdict.Agree : TelnetVerdict.Refuse,
        };
        await using var t = await TelnetSession.ConnectAsync(dial, new DialogueOptions { Log = log.Add }, Cancel);

        Assert.Equal([255, 254, 1, 255, 251, 24, 255, 250, 24, 0, .. "mypython"u8, 255, 240], await HeardLine.Soon(heard.Task));
        Assert.Equal(["< WILL ECHO", "> DONT ECHO", "< DO TERMINAL-TYPE", "> WILL TERMINAL-TYPE"], log.Take(4));
    }

    [Fact]
    public async Task sends_a_break_and_a_new_size_in_order_with_what_is_typed()
    {
        var heard = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(async socket =>
        {
            await socket.SendAsync(new byte[] { 255, 253, 31, (byte)'>' });
            heard.SetResult(await ScriptedPeer.Read(socket, 12 + 2 + 2 + 9));
        });
        var dial = new TelnetDial { Host = "127.0.0.1", Port = peer.Port, Limits = SshLab.Limits, Columns = 80, Rows = 24 };
        await using var t = await TelnetSession.ConnectAsync(dial, cancel: Cancel);
        await t.ReadUntilAsync(">", cancel: Cancel);
        await t.WriteAsync("\r");
        t.Signal(TelnetSignal.Break);
        t.Resize(132, 43);

        Assert.Equal(
            [255, 251, 31, 255, 250, 31, 0, 80, 0, 24, 255, 240, 13, 0, 255, 243, 255, 250, 31, 0, 132, 0, 43, 255, 240], await HeardLine.Soon(heard.Task));
    }

    [Fact]
    public async Task drops_nothing_around_the_urgent_mark_of_a_Synch()
    {
        using var peer = new ScriptedPeer(async socket =>
        {
            await socket.SendAsync(new byte[] { (byte)'a', 255 });
            await socket.SendAsync(new byte[] { 242 }, SocketFlags.OutOfBand);
            await socket.SendAsync("b#"u8.ToArray());
        });
        await using var t = await TelnetSession.ConnectAsync("127.0.0.1", peer.Port, cancel: Cancel);
        Assert.Equal("ab#", await t.ReadUntilAsync("#", cancel: Cancel));
    }

    [Fact]
    public async Task says_why_it_could_not_be_opened()
    {
        using var closed = ScriptedPeer.ClosedPort(out var port);
        var failed = await Assert.ThrowsAsync<LineOpenException>(() => TelnetSession.ConnectAsync("127.0.0.1", port, cancel: Cancel));
        Assert.IsType<WireFault.Refused>(failed.Fault);
    }

    [Fact]
    public async Task has_a_sister_that_speaks_SSH()
    {
        using var lab = new SshLab();
        using var credentials = SshLab.ByPassword();
        await using (var shell = await SshSession.ConnectAsync(lab.Transport, lab.Dial, credentials, cancel: Cancel))
        {
            await shell.ReadUntilAsync("router#", cancel: Cancel);
            await shell.WriteLineAsync("show clock");
            await shell.ReadUntilAsync("[show clock] admin#", cancel: Cancel);
        }

        using var wrong = SshLab.ByPassword("wrong");
        var failed = await Assert.ThrowsAsync<LineOpenException>(() => SshSession.ConnectAsync(lab.Transport, lab.Dial, wrong, cancel: Cancel));
        Assert.IsType<WireFault.AuthenticationRefused>(failed.Fault);
    }

    private static async Task Say(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> Until(Socket socket, string end)
    {
        var text = "";
        while (!text.EndsWith(end, StringComparison.Ordinal))
        {
            var one = await ScriptedPeer.Read(socket, 1);
            if (one.Length == 0)
                break;
            text += (char)one[0];
        }

        return text;
    }
}
