using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Tests.Devices;
using Trigger.Wire;

namespace Trigger.Tests.Node;

public sealed class Telnet_instead_of_SSH
{
    private static readonly Platform Ios = Platforms.BuiltIn.Get("cisco_ios");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static TheoryData<WireFault> Absences =>
    [
        new WireFault.Refused("10.0.0.1:22"), new WireFault.Unreachable("10.0.0.1:22", "no route to host"), new WireFault.Overdue("connecting", Patience, ""),
    ];

    public static TheoryData<WireFault?> Others =>
    [
        new WireFault.HostKeyChanged("10.0.0.1", "ssh-ed25519", "SHA256:a", "SHA256:b", "known_hosts:1"), new WireFault.HostKeyUnknown("10.0.0.1", "ssh-ed25519", "SHA256:a"),
        new WireFault.HostKeyRevoked("10.0.0.1", "SHA256:a", "known_hosts:1"), new WireFault.AuthenticationRefused("bob", ["password"], ["publickey"]),
        new WireFault.AlgorithmMismatch("cipher", ["3des-cbc"], ["aes256-ctr"]), new WireFault.HandshakeFailed("no"), new WireFault.NotSsh("220 ftp"), new WireFault.LineLost("connecting", "reset"),
        new WireFault.Overdue("the SSH handshake", Patience, ""), new WireFault.Overdue("authenticating", Patience, ""), new WireFault.NameNotFound("r1", "no such name"),
        new WireFault.AtHop("jump host j", new WireFault.Refused("10.0.0.1:22")), new WireFault.Misconfigured("no libssh"), (WireFault?)null,
    ];

    [Theory]
    [MemberData(nameof(Absences))]
    public void is_called_when_nothing_answers_at_the_SSH_port(WireFault absence)
    {
        var (heard, calls, told) = (new Ear(), new Calls { Ssh = absence }, new List<string>());

        new TelnetFallback(everywhere: true, told: told.Add).Dial(Device([]), Ios, heard, calls.DialSsh, calls.DialTelnet);

        Assert.Equal(["ssh", "telnet 23"], calls.Made);
        Assert.Equal(["opened instead"], heard.Heard);
        Assert.Contains("in clear", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void is_never_called_for_any_other_reason(WireFault? fault)
    {
        var (heard, calls) = (new Ear(), new Calls { Ssh = fault });

        new TelnetFallback(everywhere: true).Dial(Device([]), Ios, heard, calls.DialSsh, calls.DialTelnet);

        Assert.Equal(["ssh"], calls.Made);
        Assert.Equal([$"closed {fault?.GetType().Name}"], heard.Heard);
    }

    [Theory]
    [MemberData(nameof(Absences))]
    public void is_never_called_once_a_server_has_spoken(WireFault fault)
    {
        var (heard, calls) = (new Ear(), new Calls { Ssh = fault, Speaks = true });

        new TelnetFallback(everywhere: true).Dial(Device([]), Ios, heard, calls.DialSsh, calls.DialTelnet);

        Assert.Equal(["ssh"], calls.Made);
        Assert.Equal(["authenticating", $"closed {fault.GetType().Name}"], heard.Heard);
    }

    [Theory]
    [InlineData(false, false, null, false)]
    [InlineData(true, false, null, true)]
    [InlineData(false, true, null, true)]
    [InlineData(false, false, "yes", true)]
    [InlineData(true, true, "no", false)]
    public void takes_somebody_to_say_so_and_the_row_is_heard_first(bool everywhere, bool platform, string? row, bool may) =>
        Assert.Equal(may, new TelnetFallback(everywhere).May(Device(row is null ? [] : new() { ["telnetFallback"] = row }), Ios with { TelnetFallback = platform }));

    [Fact]
    public void is_off_by_default_on_every_platform()
    {
        Assert.All(Platforms.BuiltIn.Ids, id => Assert.False(Platforms.BuiltIn.Get(id).TelnetFallback, id));
        var (heard, calls) = (new Ear(), new Calls { Ssh = new WireFault.Refused("10.0.0.1:22") });
        new TelnetFallback(everywhere: false).Dial(Device([]), Ios, heard, calls.DialSsh, calls.DialTelnet);
        Assert.Equal(["ssh"], calls.Made);
    }

    [Fact]
    public void goes_to_the_port_that_the_row_names_and_tells_the_first_fault_when_that_does_not_answer_either()
    {
        var (heard, calls) = (new Ear(), new Calls { Ssh = new WireFault.Refused("10.0.0.1:22"), Telnet = new WireFault.Unreachable("10.0.0.1:2323", "no route") });

        new TelnetFallback(everywhere: true).Dial(Device(new() { ["telnetPort"] = "2323" }), Ios, heard, calls.DialSsh, calls.DialTelnet);

        Assert.Equal(["ssh", "telnet 2323"], calls.Made);
        Assert.Equal(["closed Refused"], heard.Heard);
    }

    [Fact]
    public void is_not_called_for_somebody_who_has_left()
    {
        var (heard, calls) = (new Ear(), new Calls { Waits = true });
        var line = new TelnetFallback(everywhere: true).Dial(Device([]), Ios, heard, calls.DialSsh, calls.DialTelnet);

        line.Abort();
        calls.Waiting!.Closed(new WireFault.Refused("10.0.0.1:22"));

        Assert.Equal(["ssh"], calls.Made);
        Assert.Equal(["closed Refused"], heard.Heard);
    }

    [Theory]
    [InlineData("telnetFallback", "perhaps")]
    [InlineData("telnetPort", "0")]
    [InlineData("telnetPort", "65536")]
    public void has_words_of_its_own_in_a_row(string field, string value) =>
        Assert.Contains($"{field} is '{value}'", TelnetFallback.Mistake(Device(new() { [field] = value })), StringComparison.Ordinal);

    private static NetDevice Device(Dictionary<string, string?> fields) => new()
    {
        Name = "r1", Host = "10.0.0.1", Vendor = "cisco", Manufacturer = "CISCO", DeviceType = "ROUTER", Platform = "cisco_ios", Protocol = Protocol.Ssh, AdminStatus = "PRODUCTION",
        Fields = fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), Source = "test:1",
    };

    /// <summary>Who is called, and what becomes of it.</summary>
    private sealed class Calls
    {
        public List<string> Made { get; } = [];

        public WireFault? Ssh { get; init; }

        public WireFault? Telnet { get; init; }

        public bool Speaks { get; init; }

        public bool Waits { get; init; }

        public ILineObserver? Waiting { get; private set; }

        public Silence DialSsh(ILineObserver observer)
        {
            Made.Add("ssh");
            Waiting = observer;
            if (Speaks)
                observer.Authenticating(new LineGreeting("10.0.0.1:22", "SSH-2.0-x"));
            if (!Waits)
                observer.Closed(Ssh);
            return new Silence();
        }

        public Silence DialTelnet(int port, ILineObserver observer)
        {
            Made.Add($"telnet {port}");
            if (Telnet is null)
                observer.Opened(new LineGreeting($"10.0.0.1:{port}"));
            else
                observer.Closed(Telnet);
            return new Silence();
        }
    }

    private sealed class Ear : ILineObserver
    {
        public List<string> Heard { get; } = [];

        public void Authenticating(LineGreeting greeting) => Heard.Add("authenticating");

        public void Opened(LineGreeting greeting) => Heard.Add(greeting.InsteadOfSsh ? "opened instead" : "opened");

        public void Received(ReadOnlyMemory<byte> bytes) => Heard.Add("received");

        public void Closed(WireFault? fault) => Heard.Add($"closed {fault?.GetType().Name}");
    }

    internal sealed class Silence : ILine
    {
        public void Write(ReadOnlySpan<byte> bytes) { }

        public void Authenticate(LineCredentials credentials) { }

        public void Pause() { }

        public void Resume() { }

        public void Close() { }

        public void Abort() { }
    }
}
