using System.Net;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Lab.Ssh;
using Trigger.Lab.Telnet;
using Trigger.Wire.Recording;

namespace Trigger.Lab.Replaying;

/// <summary>
/// Recorded devices that listen on the loopback address, until disposed: one for each device's name. The first connection to a device gets its first recording, the next the next, and after
/// the last the first again. Every user name, password and key is accepted.
/// </summary>
public sealed class ReplayGrounds : IAsyncDisposable
{
    private readonly LabTelnetServer telnet;
    private readonly LabSshServer? ssh;

    private ReplayGrounds(IReadOnlyList<Recording> recordings, double speed, Action<string> note, PlatformCatalog catalog, TimeProvider time)
    {
        var devices = recordings.GroupBy(recording => recording.Device, StringComparer.Ordinal).Select(same => (First: same.First(), Talker: Talker([.. same], speed, note, time))).ToArray();
        telnet = new LabTelnetServer(catalog, time);
        var hosts = devices.Where(device => device.First.Protocol == "ssh").Select(device => LabSshDevice.HostOf(new IPEndPoint(IPAddress.Loopback, 0), device.Talker)).ToList();
        ssh = hosts.Count == 0 ? null : new LabSshServer(hosts);
        var addresses = new Queue<IPEndPoint>(ssh?.EndPoints ?? []);
        Devices = [.. devices.Select(device => Device(device.First, device.First.Protocol == "ssh" ? addresses.Dequeue() : telnet.Start(new IPEndPoint(IPAddress.Loopback, 0), device.Talker)))];
    }

    /// <summary>The devices, with the addresses they listen on.</summary>
    public IReadOnlyList<LabDevice> Devices { get; }

    /// <summary>Starts them all; when it returns, all listen.</summary>
    /// <param name="recordings">All of a device's have the same protocol and platform: those of its first count.</param>
    /// <param name="speed">How many times faster than recorded; infinity for at once.</param>
    /// <param name="note">Told of every client that types something else than was recorded. Called from the device's own thread.</param>
    /// <exception cref="InvalidOperationException">libssh is missing and a recording needs it.</exception>
    public static ReplayGrounds Start(IReadOnlyList<Recording> recordings, double speed, Action<string> note, PlatformCatalog catalog, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        return new ReplayGrounds(recordings, speed, note, catalog, time);
    }

    public async ValueTask DisposeAsync()
    {
        await telnet.DisposeAsync();
        ssh?.Dispose();
    }

    private static LabTalker Talker(IReadOnlyList<Recording> recordings, double speed, Action<string> note, TimeProvider time)
    {
        var turn = -1;
        return (write, close) => new ReplayTalk(recordings[(int)((uint)Interlocked.Increment(ref turn) % recordings.Count)], speed, write, close, note, time);
    }

    private static LabDevice Device(Recording recording, IPEndPoint address) => new()
    {
        Name = recording.Device, Platform = recording.Platform, Protocol = recording.Protocol == "ssh" ? Protocol.Ssh : Protocol.Telnet, Address = address,
    };
}
