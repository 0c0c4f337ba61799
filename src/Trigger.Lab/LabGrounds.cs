using System.Net;
using System.Net.Sockets;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Lab.Ssh;
using Trigger.Lab.Telnet;

namespace Trigger.Lab;

/// <summary>A fleet of pretend devices that listen, until disposed.</summary>
public sealed class LabGrounds : IAsyncDisposable
{
    private readonly LabTelnetServer telnet;
    private readonly LabSshServer? ssh;
    private readonly List<TcpListener> strangers = [];

    private LabGrounds(PlatformCatalog catalog, TimeProvider time, IReadOnlyList<LabDevice> planned)
    {
        telnet = new LabTelnetServer(catalog, time);
        var hosts = planned.Where(ServedBySsh).Select(device => LabSshDevice.HostOf(device, catalog.Get(device.Platform), time)).ToList();
        ssh = hosts.Count == 0 ? null : new LabSshServer(hosts);
        var sshAddresses = new Queue<IPEndPoint>(ssh?.EndPoints ?? []);
        Devices = [.. planned.Select(device => Open(device, sshAddresses))];
    }

    /// <summary>The devices, with the addresses they listen on.</summary>
    public IReadOnlyList<LabDevice> Devices { get; }

    /// <summary>Starts them all; when it returns, all listen.</summary>
    /// <exception cref="InvalidOperationException">libssh is missing and a device needs it.</exception>
    public static LabGrounds Start(PlatformCatalog catalog, TimeProvider time, IReadOnlyList<LabDevice> planned) => new(catalog, time, planned);

    public async ValueTask DisposeAsync()
    {
        await telnet.DisposeAsync();
        ssh?.Dispose();
        foreach (var stranger in strangers)
            stranger.Dispose();
    }

    private static bool ServedBySsh(LabDevice device) =>
        device.Protocol == Protocol.Ssh && !device.Has(LabFaults.RefuseConnection) && !device.Has(LabFaults.NotSsh);

    private LabDevice Open(LabDevice device, Queue<IPEndPoint> sshAddresses)
    {
        if (ServedBySsh(device))
            return device with { Address = sshAddresses.Dequeue() };
        var isStranger = device.Protocol == Protocol.Ssh && !device.Has(LabFaults.RefuseConnection);
        return isStranger ? device with { Address = Stranger(device.Address) } : telnet.Start(device);
    }

    // Something else than SSH on the SSH port: it greets like a mail server.
    private IPEndPoint Stranger(IPEndPoint wanted)
    {
        var listener = new TcpListener(wanted);
        listener.Start();
        strangers.Add(listener);
        _ = Greet(listener);
        return (IPEndPoint)listener.LocalEndpoint;
    }

    private static async Task Greet(TcpListener listener)
    {
        var guests = new List<TcpClient>();
        try
        {
            while (true)
            {
                var guest = await listener.AcceptTcpClientAsync();
                guests.Add(guest);
                await guest.GetStream().WriteAsync("220 mail ESMTP ready\r\n"u8.ToArray());
            }
        }
        catch (Exception over) when (over is ObjectDisposedException or SocketException or IOException)
        {
            foreach (var guest in guests)
                guest.Dispose();
        }
    }
}
