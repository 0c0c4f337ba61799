using System.Text;
using Trigger.Lab.Ssh;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

public sealed class A_failed_SSH_dial
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task says_refused_when_nobody_listens()
    {
        using var lab = new SshLab();
        using var closed = ScriptedPeer.ClosedPort(out var port);
        Assert.Equal(new WireFault.Refused($"127.0.0.1:{port}"), await lab.FaultOf(lab.Dial with { Port = port }));
    }

    [Fact]
    public async Task says_that_the_name_was_not_found()
    {
        using var lab = new SshLab();
        var fault = await lab.FaultOf(lab.Dial with { Host = "no such host" });
        Assert.Equal("no such host", Assert.IsType<WireFault.NameNotFound>(fault).Host);
    }

    [Fact]
    public async Task says_that_a_silent_peer_is_overdue()
    {
        using var lab = new SshLab(host => host with { Fault = LabSshFault.Silent });
        var fault = await lab.FaultOf(lab.Dial with { Limits = SshLab.Limits with { Handshake = Brief } });
        Assert.Equal(new WireFault.Overdue("the SSH handshake", Brief, ""), fault);
    }

    [Fact]
    public async Task shows_what_an_http_server_answered()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(async socket =>
        {
            await ScriptedPeer.Read(socket, 4);
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port });
        Assert.Equal("HTTP/1.1 400 Bad Request\\r\\n\\r\\n", Assert.IsType<WireFault.NotSsh>(fault).Received);
    }

    [Fact]
    public async Task shows_what_a_telnet_server_said()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(socket => socket.SendAsync(new byte[] { 255, 251, 1, (byte)'h', (byte)'i' }));
        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port });
        Assert.Equal("\\xff\\xfb\\x01hi", Assert.IsType<WireFault.NotSsh>(fault).Received);
    }

    [Fact]
    public async Task shows_the_text_of_a_peer_that_greets_in_another_tongue_and_waits()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(socket => socket.SendAsync("220 mail ready\r\n"u8.ToArray()));
        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port, Limits = SshLab.Limits with { Handshake = Brief } });
        Assert.Equal("220 mail ready\\r\\n", Assert.IsType<WireFault.NotSsh>(fault).Received);
    }

    [Fact]
    public async Task says_that_the_line_was_lost_when_the_peer_hangs_up_without_a_word()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(socket =>
        {
            socket.Dispose();
            return Task.CompletedTask;
        });
        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port });
        Assert.Equal("the SSH handshake", Assert.IsType<WireFault.LineLost>(fault).During);
    }

    [Fact]
    public async Task survives_a_server_that_sends_noise_after_its_identification()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(socket => socket.SendAsync(Encoding.Latin1.GetBytes("SSH-2.0-Noise\r\n" + new string('x', 4000))));
        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port, Limits = SshLab.Limits with { Handshake = Brief } });
        Assert.True(fault is WireFault.HandshakeFailed or WireFault.Overdue or WireFault.LineLost, $"{fault}");
    }

    [Fact]
    public async Task names_both_lists_when_no_key_exchange_is_in_common()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(socket => socket.SendAsync(KexInit.Greeting(LabSshHost.LegacyOnly)));
        var mismatch = Assert.IsType<WireFault.AlgorithmMismatch>(await lab.FaultOf(lab.Dial with { Port = peer.Port }));
        Assert.Equal("key exchange", mismatch.Kind);
        Assert.Equal(LabSshHost.LegacyOnly.KeyExchange, mismatch.Offered);
        Assert.Equal(SshAlgorithms.Modern.KeyExchange, mismatch.Allowed);
    }

    [Fact]
    public async Task names_the_ciphers_when_only_they_differ()
    {
        using var lab = new SshLab();
        using var peer = new ScriptedPeer(socket => socket.SendAsync(KexInit.Greeting(SshAlgorithms.Modern with { Ciphers = ["aes128-cbc"] })));
        var mismatch = Assert.IsType<WireFault.AlgorithmMismatch>(await lab.FaultOf(lab.Dial with { Port = peer.Port }));
        Assert.Equal("cipher", mismatch.Kind);
        Assert.Equal(["aes128-cbc"], mismatch.Offered);
    }

    [Fact]
    public async Task is_misconfigured_when_libssh_knows_none_of_the_algorithms()
    {
        using var lab = new SshLab();
        var fault = await lab.FaultOf(lab.Dial with { Algorithms = SshAlgorithms.Modern with { Ciphers = ["rot13"] } });
        Assert.Contains("rot13", Assert.IsType<WireFault.Misconfigured>(fault).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_what_was_tried_when_the_password_is_wrong_and_never_shows_it()
    {
        using var lab = new SshLab();
        var (_, heard) = await lab.LogIn(SshLab.ByPassword("hunter2"));
        var refused = Assert.IsType<WireFault.AuthenticationRefused>(await heard.Closed());
        Assert.Equal(["password", "keyboard-interactive"], refused.Tried);
        Assert.Equal(SshLab.User, refused.UserName);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_overdue_when_the_login_takes_too_long()
    {
        using var gate = new ManualResetEventSlim();
        using var lab = new SshLab(host => host with
        {
            Login = new LabSshLogin { Password = (_, _) => gate.Wait(HeardLine.Patience, CancellationToken.None) },
        });
        var (_, heard) = await lab.LogIn(dial: lab.Dial with { Limits = SshLab.Limits with { Authenticate = Brief } });
        var fault = await heard.Closed();
        gate.Set();
        Assert.Equal(new WireFault.Overdue("authenticating", Brief, ""), fault);
    }

    [Theory]
    [InlineData(LabSshFault.RefuseChannel, "session channel")]
    [InlineData(LabSshFault.RefuseTerminal, "terminal")]
    [InlineData(LabSshFault.RefuseShell, "shell")]
    public async Task says_what_the_server_would_not_grant(LabSshFault fault, string what)
    {
        using var lab = new SshLab(host => host with { Fault = fault });
        var (_, heard) = await lab.LogIn();
        Assert.Equal(what, Assert.IsType<WireFault.ChannelRefused>(await heard.Closed()).What);
    }

    [Fact]
    public async Task does_not_happen_to_a_legacy_device_that_is_allowed_legacy_and_leaves_a_trace()
    {
        using var lab = new SshLab(host => host with { Algorithms = LabSshHost.LegacyOnly });
        var (_, heard) = await lab.LogIn(dial: lab.Dial with { Algorithms = SshAlgorithms.Legacy });
        await heard.Text("router#");
        Assert.Contains(lab.Warnings, warning => warning.Contains("diffie-hellman-group14-sha1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task refuses_an_unknown_host_under_a_strict_policy_before_anything_of_the_users_is_sent()
    {
        using var lab = new SshLab(policy: HostKeyPolicy.Strict);
        var (_, heard) = lab.Call();
        Assert.Equal(
            new WireFault.HostKeyUnknown("127.0.0.1", "ssh-ed25519", lab.HostKey.Fingerprint), await heard.Closed());
        Assert.False(heard.WasAskedForCredentials);
    }

    [Fact]
    public async Task refuses_a_key_that_is_not_the_pinned_one()
    {
        using var lab = new SshLab();
        var fault = await lab.FaultOf(lab.Dial with { PinnedHostKey = "SHA256:AAAA" });
        Assert.Equal(
            new WireFault.HostKeyChanged("127.0.0.1", "ssh-ed25519", "SHA256:AAAA", lab.HostKey.Fingerprint, "pinned"), fault);
    }

    [Fact]
    public async Task refuses_a_host_whose_key_changed_since_it_was_accepted()
    {
        var knownHosts = new KnownHosts(null);
        using var lab = new SshLab(knownHosts: knownHosts);
        var other = HostKeys.Ed25519();
        Assert.IsType<HostKeyVerdict.Known>(knownHosts.Accept("127.0.0.1", lab.Port, other));

        var changed = Assert.IsType<WireFault.HostKeyChanged>(await lab.FaultOf());
        Assert.Equal(other.Fingerprint, changed.Known);
        Assert.Equal(lab.HostKey.Fingerprint, changed.Offered);
    }

    [Fact]
    public async Task does_not_happen_on_the_second_call_to_a_host_that_was_new()
    {
        var knownHosts = new KnownHosts(null);
        using var lab = new SshLab(knownHosts: knownHosts);
        await (await lab.LogIn()).Heard.Opened();
        Assert.IsType<HostKeyVerdict.Known>(knownHosts.Judge("127.0.0.1", lab.Port, lab.HostKey));
        await (await lab.LogIn()).Heard.Opened();
    }
}
