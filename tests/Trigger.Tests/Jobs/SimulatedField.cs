using System.Collections.Frozen;
using System.Net;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Lab;
using Trigger.Wire;

namespace Trigger.Tests.Jobs;

/// <summary>
/// Lab devices on lines that a simulation holds: what they say arrives in pieces of a few bytes, and now and then a line breaks between two of them. They outlive the engines that
/// talk to them, and remember what they were sent.
/// </summary>
internal sealed class SimulatedField
{
    private readonly Random chance;
    private readonly double breaks;
    private readonly TimeProvider clock;
    private readonly List<Line> lines = [];

    /// <param name="platform">What all of them speak.</param>
    public SimulatedField(IEnumerable<string> names, Random chance, double breaks, TimeProvider clock, string platform = "cisco_ios")
    {
        this.chance = chance;
        this.breaks = breaks;
        this.clock = clock;
        Devices = [.. names.Select(name => new NetDevice
        {
            Name = name, Host = name, Vendor = "cisco", Manufacturer = "CISCO", DeviceType = "ROUTER", Platform = platform, Protocol = Protocol.Telnet, AdminStatus = "PRODUCTION",
            Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        })];
    }

    public IReadOnlyList<NetDevice> Devices { get; }

    /// <summary>What the devices keep over their connections; by name.</summary>
    public Dictionary<string, LabConfiguration> Configurations { get; } = [];

    /// <summary>Asked of every command before and when the device hears it: whether the line breaks there, so that the command or its answer is lost.</summary>
    public Func<string, bool, bool> Cuts { get; set; } = (_, _) => false;

    /// <summary>Every command that a device has heard, in the order of hearing.</summary>
    public List<(string Device, string Command)> Heard { get; } = [];

    /// <summary>Whether what is said, either way, travels a byte at each <see cref="Move"/>, and not at once.</summary>
    public bool ByteByByte { get; init; }

    /// <summary>How many bytes have travelled so.</summary>
    public int Moved { get; private set; }

    /// <summary>Carries one byte; false when none is on its way.</summary>
    public bool Move()
    {
        if (!lines.Exists(line => line.Move()))
            return false;

        Moved++;
        return true;
    }

    /// <summary>The engine is gone, and its lines with it.</summary>
    /// <param name="arrives">Whether what it had written still gets to the devices, or only what is there already.</param>
    public void Orphan(bool arrives)
    {
        foreach (var line in lines)
            line.Orphan(arrives);
        lines.Clear();
    }

    public ILine Dial(NetDevice device, Platform platform, ILineObserver observer)
    {
        var cut = new Cut();
        var lab = new LabDevice
        {
            Name = device.Name, Platform = platform.Id, Protocol = Protocol.Telnet, Address = new IPEndPoint(IPAddress.Loopback, 23), Configuration = Configurations.GetValueOrDefault(device.Name),
            Heard = command =>
            {
                Heard.Add((device.Name, command));
                cut.Now |= Cuts(command, true);
            },
        };
        var line = new Line(this, lab, platform, observer, cut);
        lines.Add(line);
        return line;
    }

    private sealed class Cut
    {
        public bool Now { get; set; }
    }

    private sealed class Line : ILine, IDisposable
    {
        private readonly Cut cut;
        private readonly SimulatedField field;
        private readonly ILineObserver observer;
        private readonly LabConversation far;
        private readonly Queue<byte[]> said = new();
        private readonly Queue<byte> sent = new();
        private readonly Queue<byte> coming = new();
        private bool closed;
        private bool ends;

        public Line(SimulatedField field, LabDevice device, Platform platform, ILineObserver observer, Cut cut)
        {
            this.cut = cut;
            this.field = field;
            this.observer = observer;
            far = new LabConversation(device, platform, inBandLogin: true, bytes => said.Enqueue(bytes.ToArray()), () => ends = true, field.clock);
            observer.Opened(new LineGreeting("127.0.0.1:23", ""));
            far.Begin();
            Deliver();
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (closed)
                return;

            if (field.ByteByByte)
            {
                foreach (var value in bytes)
                    sent.Enqueue(value);
                return;
            }

            cut.Now |= field.Cuts(System.Text.Encoding.UTF8.GetString(bytes).Trim(), false);
            if (!cut.Now)
                far.Receive(bytes);
            if (cut.Now)
                End(new WireFault.LineLost("the session", "cut"));
            else
                Deliver();
        }

        public bool Move()
        {
            if (closed)
                return false;

            while (said.TryDequeue(out var text))
            {
                foreach (var value in text)
                    coming.Enqueue(value);
            }

            if (coming.TryDequeue(out var heard))
                observer.Received(new[] { heard });
            else if (sent.TryDequeue(out var told))
                far.Receive([told]);
            else if (ends)
                End(null);
            else
                return false;
            return true;
        }

        public void Orphan(bool arrives)
        {
            if (arrives && !closed && sent.Count > 0)
                far.Receive(sent.ToArray());
            closed = true;
            Dispose();
        }

        public void Dispose() => far.Dispose();

        public void Authenticate(LineCredentials credentials) { }

        public void Pause() { }

        public void Resume() { }

        public void Close() => End(null);

        public void Abort() => closed = true;

        private void Deliver()
        {
            if (field.ByteByByte)
                return; // Move does.

            while (!closed && said.TryDequeue(out var text))
            {
                for (var at = 0; at < text.Length && !closed;)
                {
                    var length = Math.Min(text.Length - at, field.chance.Next(1, 40));
                    observer.Received(text.AsMemory(at, length));
                    at += length;
                    if (field.chance.NextDouble() < field.breaks)
                        End(new WireFault.LineLost("the session", "cut"));
                }
            }

            if (ends)
                End(null);
        }

        private void End(WireFault? fault)
        {
            if (!closed)
                observer.Closed(fault);
            closed = true;
            Dispose();
        }
    }
}
