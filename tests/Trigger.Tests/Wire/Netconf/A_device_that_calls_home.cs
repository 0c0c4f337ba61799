using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Trigger.Lab.Netconf;
using Trigger.Lab.Ssh;
using Trigger.Wire;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire.Netconf;

public sealed class A_device_that_calls_home : IAsyncDisposable
{
    private readonly LabNetconfDevice[] devices = [.. new[] { "first", "second", "stranger" }.Select(name => new LabNetconfDevice(name, TimeProvider.System, NetconfLab.System(name)))];
    private readonly LabSshServer[] servers;
    private readonly SshTransport transport = new(new KnownHosts(null), HostKeyPolicy.Strict);
    private readonly CallHomeListener listener;
    private readonly Channel<NetconfFault> refusals = Channel.CreateUnbounded<NetconfFault>();
    private readonly List<IDisposable> owned = [];

    public A_device_that_calls_home()
    {
        // A server for each, so that each has a host key of its own.
        servers = [.. devices.Select(device => new LabSshServer([LabNetconfServer.HostOf(device, new IPEndPoint(IPAddress.Loopback, 0), LabSshLogin.For("admin", device.Name))]))];
        var enrolled = servers.Take(2).Select((server, index) => (Key: server.SharedHostKey(SshAlgorithms.Modern), devices[index].Name)).ToDictionary(pair => pair.Key, pair => pair.Name);
        listener = CallHomeListener.Start(new CallHomeOptions
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Transport = transport,
            Limits = SshLab.Limits with { Handshake = TimeSpan.FromSeconds(2) },
            Recognize = key => enrolled.TryGetValue(key, out var name) ? new CallHomeDevice(name, Own(new LineCredentials { UserName = "admin", Password = Encoding.UTF8.GetBytes(name) })) : null,
            Refused = (_, fault) => refusals.Writer.TryWrite(fault),
            MostHandshakes = 2,
        });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_told_from_others_by_its_host_key_whatever_its_address()
    {
        await Call(1);
        var second = await Next();
        await Call(0);
        var first = await Next();
        Assert.Equal(("second", "first"), (second.Name, first.Name));
        Assert.Equal("second", await HostName(second.Session));
        Assert.Equal("first", await HostName(first.Session));
        await second.Session.DisposeAsync();

        await Call(1);
        var again = await Next();
        Assert.Equal("second", await HostName(again.Session));
        again.Session.Abort();
        first.Session.Abort();
    }

    [Fact]
    public async Task is_turned_away_when_it_is_a_stranger_and_the_listener_stays_up()
    {
        await Call(2);
        var fault = await refusals.Reader.ReadAsync(Stop).AsTask().WaitAsync(ScriptedServer.Patience, Stop);
        Assert.IsType<WireFault.HostKeyUnknown>(Assert.IsType<NetconfFault.Line>(fault).Fault);
        Assert.Equal(0, devices[2].Sessions);

        await Call(0);
        (await Next()).Session.Abort();
    }

    [Fact]
    public async Task gets_through_although_others_call_and_say_nothing()
    {
        using var one = await Dial();
        using var other = await Dial();
        await Call(0);
        for (var i = 0; i < 2; i++)
            Assert.IsType<WireFault.Overdue>(Assert.IsType<NetconfFault.Line>(await refusals.Reader.ReadAsync(Stop).AsTask().WaitAsync(ScriptedServer.Patience, Stop)).Fault);

        (await Next()).Session.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        transport.Dispose();
        foreach (var one in servers.Cast<IDisposable>().Concat(devices).Concat(owned))
            one.Dispose();
    }

    private async Task<CalledHome> Next() => await listener.Sessions.ReadAsync(Stop).AsTask().WaitAsync(ScriptedServer.Patience, Stop);

    private static async Task<string> HostName(NetconfSession session) => NetconfLab.Name((await session.GetConfigAsync(ConfigurationSource.Running, cancel: Stop)).Data!);

    private async Task<Socket> Dial()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.EndPoint, Stop);
        return socket;
    }

    // As a device would: it opens the connection, and then serves SSH on it.
    private async Task Call(int device)
    {
        var home = Own(new NetworkStream(await Dial(), ownsSocket: true));
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(servers[device].EndPoints[0], Stop);
        var server = Own(new NetworkStream(socket, ownsSocket: true));
        _ = Relay(home, server);
        _ = Relay(server, home);
    }

    private static async Task Relay(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, Stop);
            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone, so the other shall be, too.
            await to.DisposeAsync();
        }
    }

    private T Own<T>(T one)
        where T : IDisposable
    {
        lock (owned)
            owned.Add(one);

        return one;
    }
}
