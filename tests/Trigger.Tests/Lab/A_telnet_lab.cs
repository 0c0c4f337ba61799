using System.Net.Sockets;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Lab;
using Trigger.Lab.Telnet;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Lab;

public sealed class A_telnet_lab : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LabTelnetServer server = new(LabTerminal.Catalog, TimeProvider.System);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task opens_as_a_router_does_and_answers()
    {
        using var line = await Dial(server.Start(LabTerminal.Device("frr_vty")));

        await line.Until("Password: ");
        Assert.StartsWith("\xff\xfb\x01\xff\xfb\x03\xff\xfd\x1f\r\n", line.Received, StringComparison.Ordinal);
        await line.Send("\xff\xfd\x01\xff\xfb\x1f\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0lab\r\n");
        await line.Until("lab-1> ");
        await line.Send("show lines 2\r\n");
        await line.Until("line 2\r\nlab-1> ");
        await line.Send("exit\r\n");
        Assert.True(await line.Ends());
    }

    [Fact]
    public async Task answers_what_a_client_asks_and_offers_once()
    {
        using var line = await Dial(server.Start(LabTerminal.Device("frr_vty")));
        await line.Until("Password: ");
        await line.Send("\xff\xfd\x01\xff\xfd\x01\xff\xfb\x18\xff\xfd\x05\xff\xfd\x06\xff\xf6lab\r\0");
        await line.Until("lab-1> ");
        Assert.Contains("Password: \xff\xfe\x18\xff\xfc\x05\xff\xfb\x06\r\n[Yes]\r\n", line.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task drips_when_it_was_told_to()
    {
        using var line = await Dial(server.Start(LabTerminal.Device("frr_vty", LabFaults.SlowDrip)));
        await line.Until("Password: ");
        await line.Send("lab\r\nexit\r\n");
        Assert.True(await line.Ends());
        Assert.EndsWith("lab-1> exit\r\n", line.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task refuses_the_connection_when_it_was_told_to()
    {
        var device = server.Start(LabTerminal.Device("frr_vty", LabFaults.RefuseConnection));
        var refused = await Assert.ThrowsAsync<SocketException>(() => Dial(device));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task goes_on_without_end_when_it_was_told_to_and_survives_the_clients_leaving()
    {
        using (var line = await Dial(server.Start(LabTerminal.Device("cisco_ios", LabFaults.EndlessOutput))))
        {
            await line.Until("Username: ");
            await line.Send("lab\r\nlab\r\nshow clock\r\n");
            await line.Until("line 5000\r\nline 1\r\n");
        }

        using var other = await Dial(server.Start(LabTerminal.Device("cisco_ios")));
        await other.Until("Username: ");
    }

    [Fact]
    public async Task serves_two_hundred_at_once()
    {
        var devices = LabFleet.Plan(20, LabTerminal.Catalog, protocol: Protocol.Telnet).Select(server.Start).ToList();
        var lines = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Dial(devices[i % 20])));
        await Task.WhenAll(lines.Select(line => line.Until(":")));
        foreach (var line in lines)
            line.Dispose();
    }

    [Fact]
    public void writes_an_inventory_that_leads_to_its_devices()
    {
        using var folder = new TemporaryFolder();
        var devices = LabFleet.Plan(30, LabTerminal.Catalog, protocol: Protocol.Telnet).Select(server.Start).ToList();
        var file = Path.Combine(folder.Path, "lab.csv");
        LabFleet.WriteInventory(file, devices, LabTerminal.Catalog);

        var load = NetDevices.Load([file], LabTerminal.Catalog);

        Assert.Empty(load.Mistakes);
        Assert.Equal(devices.Select(device => (device.Name, device.Platform, device.Address.Port)), load.Devices.All.Select(device => (device.Name, device.Platform, device.Port!.Value)));
        Assert.All(load.Devices.All, device => Assert.Equal(("127.0.0.1", Protocol.Telnet), (device.Host, device.Protocol)));
        Assert.Equal(30, devices.Select(device => device.Address.Port).Distinct().Count());
    }

    private static async Task<Line> Dial(LabDevice device)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(device.Address);
        return new Line(socket);
    }

    private sealed class Line(Socket socket) : IDisposable
    {
        private readonly byte[] buffer = new byte[8192];
        private readonly StringBuilder received = new();

        public string Received => received.ToString();

        public async Task Until(string text)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (!Received.Contains(text, StringComparison.Ordinal))
                Assert.True(await Read(patience.Token), $"The line ended before '{text}'. Received: {Received}");
        }

        public async Task<bool> Ends()
        {
            using var patience = new CancellationTokenSource(Patience);
            while (await Read(patience.Token))
            {
            }

            return true;
        }

        public async Task Send(string latin1) => await socket.SendAsync(Encoding.Latin1.GetBytes(latin1));

        public void Dispose() => socket.Dispose();

        private async Task<bool> Read(CancellationToken patience)
        {
            var read = await socket.ReceiveAsync(buffer, patience);
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
            return read > 0;
        }
    }
}
