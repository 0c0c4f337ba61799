using System.Net;
using System.Net.Sockets;
using System.Text;
using Trigger.Wire;

namespace Trigger.Tests.Wire;

public sealed class A_port_that_is_knocked_at
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0-OpenSSH_9.2", null)]
    [InlineData("Welcome\r\nto us\r\nSSH-1.99-Cisco-1.25\n", "SSH-1.99-Cisco-1.25", null)]
    [InlineData("SSH-2.0-\u001b[2Jx\r\n", "SSH-2.0-[2Jx", null)]
    [InlineData("220 mail\r\n", "", "it takes the connection and is no SSH server")]
    [InlineData("", "", "it takes the connection and is no SSH server")]
    public async Task tells_what_was_said_first(string says, string greeting, string? fault)
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        var asked = new PortProbe(TimeProvider.System).Ask("127.0.0.1", ((IPEndPoint)door.LocalEndpoint).Port, wantsSsh: true, Patience, TestContext.Current.CancellationToken);
        using (var caller = await door.AcceptSocketAsync(TestContext.Current.CancellationToken))
        {
            foreach (var one in Encoding.ASCII.GetBytes(says))
                await caller.SendAsync(new[] { one }, TestContext.Current.CancellationToken);
            caller.Shutdown(SocketShutdown.Send);
            var answer = await asked;
            Assert.Equal((greeting, fault), (answer.Greeting, answer.Fault));
        }
    }

    [Fact]
    public async Task is_enough_where_nothing_is_said_first()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();

        var answer = await new PortProbe(TimeProvider.System).Ask("127.0.0.1", ((IPEndPoint)door.LocalEndpoint).Port, wantsSsh: false, Patience, TestContext.Current.CancellationToken);

        Assert.Null(answer.Fault);
    }

    [Fact]
    public async Task is_not_reached_when_nobody_is_there()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        var port = ((IPEndPoint)door.LocalEndpoint).Port;
        door.Stop();

        var answer = await new PortProbe(TimeProvider.System).Ask("127.0.0.1", port, wantsSsh: false, Patience, TestContext.Current.CancellationToken);

        Assert.NotNull(answer.Fault);
    }

    [Fact]
    public async Task is_waited_for_no_longer_than_told()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();

        var answer = await new PortProbe(TimeProvider.System).Ask("127.0.0.1", ((IPEndPoint)door.LocalEndpoint).Port, wantsSsh: true, TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);

        Assert.Equal("no answer within 0.05 s", answer.Fault);
    }
}
