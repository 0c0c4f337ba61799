using System.Text;
using Trigger.Lab.Ssh;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

public sealed class A_stalled_SSH_server
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-Slow_1.0\r\n")]
    public async Task is_overdue_in_the_handshake_whatever_it_said_before(string words)
    {
        using var peer = new ScriptedPeer(async caller => await caller.SendAsync(Encoding.ASCII.GetBytes(words)));
        using var lab = new SshLab();

        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port, Limits = SshLab.Limits with { Handshake = Short } });

        Assert.Equal(("the SSH handshake", Short), (Assert.IsType<WireFault.Overdue>(fault).During, ((WireFault.Overdue)fault).Waited));
    }

    [Fact]
    public async Task is_overdue_in_the_handshake_after_its_key_exchange_began()
    {
        using var peer = new ScriptedPeer(async caller => await caller.SendAsync(KexInit.Greeting(SshAlgorithms.Modern)));
        using var lab = new SshLab();

        var fault = await lab.FaultOf(lab.Dial with { Port = peer.Port, Limits = SshLab.Limits with { Handshake = Short } });

        Assert.Equal("the SSH handshake", Assert.IsType<WireFault.Overdue>(fault).During);
    }

    [Fact]
    public async Task is_overdue_in_the_login()
    {
        using var lab = new SshLab();
        using var relay = new Relay(lab.Port);
        var (line, heard) = lab.Call(lab.Dial with { Port = relay.Port, Limits = SshLab.Limits with { Authenticate = Short } });
        await heard.Authenticating();
        relay.GoDeaf();
        using var who = SshLab.ByPassword();
        line.Authenticate(who);

        Assert.Equal("authenticating", Assert.IsType<WireFault.Overdue>(await heard.Closed()).During);
    }

    [Fact]
    public async Task is_overdue_in_opening_the_channel()
    {
        Relay? relay = null;
        using var lab = new SshLab(host => host with
        {
            Login = new LabSshLogin
            {
                Password = (_, _) =>
                {
                    relay!.GoDeaf();
                    return true;
                },
            },
        });
        using var between = relay = new Relay(lab.Port);
        var (_, heard) = await lab.LogIn(dial: lab.Dial with { Port = between.Port, Limits = SshLab.Limits with { OpenShell = Short } });

        Assert.Equal("opening the shell", Assert.IsType<WireFault.Overdue>(await heard.Closed()).During);
    }
}
