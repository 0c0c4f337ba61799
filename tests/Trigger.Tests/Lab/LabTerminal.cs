using System.Net;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Lab;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Lab;

/// <summary>A client at the other end of a pretended conversation, without a wire between them.</summary>
internal sealed class LabTerminal : IDisposable
{
    public static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    private readonly StringBuilder received = new();
    private readonly LabConversation conversation;

    public LabTerminal(LabDevice device, bool inBandLogin = true)
    {
        Platform = Catalog.Get(device.Platform);
        conversation = new LabConversation(device, Platform, inBandLogin, bytes => received.Append(Encoding.UTF8.GetString(bytes.Span)), () => Closed = true, new Noon());
        conversation.Begin();
    }

    public Platform Platform { get; }

    public bool Closed { get; private set; }

    public string Received => received.ToString();

    public string LastLine => Received[(Received.LastIndexOf('\n') + 1)..].Replace("\0", "", StringComparison.Ordinal);

    public static LabDevice Device(string platform, LabFaults faults = LabFaults.None) => new()
    {
        Name = "lab-1",
        Platform = platform,
        Protocol = Protocol.Telnet,
        Address = new IPEndPoint(IPAddress.Loopback, 0),
        Faults = faults,
    };

    public static LabTerminal LoggedIn(string platform, LabFaults faults = LabFaults.None) => LoggedIn(Device(platform, faults));

    public static LabTerminal LoggedIn(LabDevice device)
    {
        var terminal = new LabTerminal(device);
        terminal.LogIn();
        return terminal;
    }

    public void LogIn()
    {
        if (Platform.Samples.UserName.Length > 0)
            Type("lab\r\n");
        Type("lab\r\n");
        if (Mode == Platform.WorkMode || Platform.Enable is null)
            return;
        Type(Platform.Enable.Send + "\r\n");
        Type("lab\r\n");
    }

    /// <summary>Name of the mode whose prompt the last line is, or null.</summary>
    public string? Mode => Platform.Modes.FirstOrDefault(mode => mode.Prompt.IsMatch(LastLine))?.Name;

    public string Type(string text)
    {
        var before = received.Length;
        conversation.Receive(Encoding.UTF8.GetBytes(text));
        return received.ToString(before, received.Length - before);
    }

    public void Feed(ReadOnlySpan<byte> bytes) => conversation.Receive(bytes);

    public void Dispose() => conversation.Dispose();

    /// <summary>The clock of a device that always says the same, so that two conversations can be compared.</summary>
    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    }
}
