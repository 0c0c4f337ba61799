using System.Diagnostics;
using System.Net;
using Trigger.Wire;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire.Netconf;

/// <summary>RFC 8071 with what nobody here wrote: something dials us, OpenSSH's sshd takes that connection as its own, and netconfd answers behind it.</summary>
public sealed class A_real_server_that_calls_home
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_known_by_its_key_and_served_again_and_again()
    {
        var lab = Environment.GetEnvironmentVariable("TRIGGER_LAB");
        Assert.SkipWhen(string.IsNullOrEmpty(lab), "This needs an sshd and a netconfd: run ./test.sh, which starts them and sets TRIGGER_LAB.");
        var keys = new[] { "hk_ed25519.pub", "hk_rsa.pub" }.Select(name => HostKey.Parse(File.ReadAllText(Path.Combine(lab!, "ssh", name)).Split(' ')[1])).ToHashSet();
        using var who = new LineCredentials { UserName = "trgunix", Password = "labpass"u8.ToArray() };
        using var transport = new SshTransport(new KnownHosts(null), HostKeyPolicy.Strict);
        var patience = TimeSpan.FromSeconds(30);
        await using var listener = CallHomeListener.Start(new CallHomeOptions
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Transport = transport,
            Limits = new DialLimits { Connect = patience, Handshake = patience, Authenticate = patience, OpenShell = patience },
            Recognize = key => keys.Contains(key) ? new CallHomeDevice("lab", who) : null,
        });

        for (var call = 0; call < 2; call++)
        {
            using var server = Call(listener.EndPoint, Path.Combine(lab!, "ssh", "netconf.conf"));
            var home = await listener.Sessions.ReadAsync(Stop).AsTask().WaitAsync(patience, Stop);
            Assert.Equal("lab", home.Name);
            Assert.True(home.Session.SessionId > 0);
            var reply = await home.Session.GetConfigAsync(ConfigurationSource.Running, cancel: Stop);
            Assert.NotNull(reply.Data);
            await home.Session.DisposeAsync();
            await server.WaitForExitAsync(Stop);
        }
    }

    // netconfd takes only sessions on the port of its own; sshd sees that of the connection's near end.
    private static Process Call(IPEndPoint home, string configuration) =>
        Process.Start(new ProcessStartInfo("/usr/bin/socat", [$"TCP4:{home},bind=127.0.0.2:22830,reuseaddr", $"EXEC:/usr/sbin/sshd -i -f {configuration},nofork"]))!;
}
