using System.Collections.Frozen;
using System.Net;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Lab;
using Trigger.Sessions;
using Trigger.Sessions.Detection;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Wire;

namespace Trigger.Tests.Sessions;

/// <summary>Devices of the Lab, asked what they are over a line without a wire.</summary>
public sealed class A_detection
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    [Fact]
    public async Task names_each_dialect_that_names_itself()
    {
        var wrong = new List<string>();
        var named = 0;
        foreach (var id in Catalog.Ids)
        {
            var platform = Catalog.Get(id);
            var (report, _) = await Detect(id, Protocol.Telnet);
            var best = report.Guesses.Count > 0 ? report.Guesses[0] : null;
            // Close relatives that give the same answer stand side by side. Where another platform with that prompt might act on the probe, it is not sent, and a guess is all there is.
            if (report.Sent.Contains(platform.Signs.Command) && best is not null && best.Platform != id && report.Guesses.All(guess => guess.Platform != id || guess.Score < best.Score - 10))
                wrong.Add($"{id} is taken for {best.Platform}: {string.Join("; ", best.Why)}; asked {string.Join(", ", report.Sent)}");
            named += best?.Platform == id && report.Sureness >= Sureness.Likely ? 1 : 0;
            if (report.Guesses.Count == 0 || report.Fault is not null)
                wrong.Add($"{id}: {report.Fault?.ToString() ?? "no guess"}, prompt '{report.Prompt}'");
        }

        Assert.Empty(wrong);
        Assert.True(named >= 75, $"only {named} were named");
    }

    [Theory]
    [InlineData("cisco_ios", Sureness.Certain, "show version")]
    [InlineData("juniper_junos", Sureness.Certain, "show version")]
    [InlineData("huawei_vrp", Sureness.Certain, "display version")]
    [InlineData("linux", Sureness.Certain, "uname -a")]
    [InlineData("frr_vty", Sureness.Likely, "show version")]
    [InlineData("pica8", Sureness.Certain, "show version")]
    public async Task says_how_sure_it_is_and_what_it_asked(string id, Sureness sureness, string probe)
    {
        var (report, heard) = await Detect(id, Protocol.Telnet);

        Assert.Equal(id, report.Guesses[0].Platform);
        Assert.Equal(sureness, report.Sureness);
        Assert.Contains(probe, report.Sent);
        Assert.Equal(report.Sent, heard);
        Assert.NotEmpty(report.Guesses[0].Why);
    }

    [Fact]
    public async Task needs_one_login_and_reports_its_refusal()
    {
        var (report, heard) = await Detect("cisco_ios", Protocol.Telnet, LabFaults.RefuseLogin);

        Assert.IsType<DeviceFault.LoginRefused>(report.Fault);
        Assert.Empty(heard);
    }

    [Fact]
    public void never_types_what_a_platform_with_that_prompt_might_carry_out()
    {
        foreach (var id in Catalog.Ids)
        {
            foreach (var (_, shown) in Catalog.Get(id).Samples.Prompts)
            {
                var prompt = PlatformProof.Said(shown);
                var notes = new DetectionNotes(Catalog, Protocol.Ssh) { Prompt = prompt };
                for (var asked = 0; asked < 20 && notes.NextProbe() is { } probe; asked++)
                {
                    foreach (var other in Catalog.Ids.Select(Catalog.Get).Where(platform => platform.Modes.Any(mode => mode.Prompt.IsMatch(prompt))))
                        Assert.True(other.ToleratesProbe(probe), $"'{probe}' would be typed at '{prompt}', which may be {other.Id}'s");
                    notes.Answered(probe, "");
                }
            }
        }
    }

    [Fact]
    public void believes_an_answer_more_than_all_that_stands_around_it()
    {
        var notes = new DetectionNotes(Catalog, Protocol.Ssh) { Identification = "SSH-2.0-Cisco-1.25", Prompt = "r1#" };
        Assert.Contains(notes.Guesses()[0].Platform, new[] { "cisco_asa", "cisco_ios", "cisco_xe" });
        Assert.Equal(Sureness.Guess, DetectionNotes.Judge(notes.Guesses()));

        notes.Answered("show version", "FRRouting 8.4.4 (r1).\n");

        Assert.StartsWith("frr", notes.Guesses()[0].Platform, StringComparison.Ordinal);
    }

    private static async Task<(DetectionReport Report, List<string> Heard)> Detect(string id, Protocol protocol, LabFaults faults = LabFaults.None)
    {
        var heard = new List<string>();
        var lab = new LabDevice { Name = "core-1", Platform = id, Protocol = protocol, Address = new IPEndPoint(IPAddress.Loopback, 0), Faults = faults, Heard = heard.Add };
        var device = new NetDevice
        {
            Name = "core-1", Host = "core-1", Vendor = "unknown", Manufacturer = "UNKNOWN", DeviceType = "ROUTER", Platform = "unknown", Protocol = protocol, AdminStatus = "PRODUCTION",
            Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        };
        var clock = new FakeClock();
        using var credentials = new Credentials("lab", new Secret("lab"));
        var detector = new PlatformDetector((_, _, observer) => new LabLine(lab, Catalog.Get(id), observer, clock), Catalog, clock);

        // The device answers at once, so whenever the clock moves all that it had to say has been said.
        var detecting = detector.Detect(device, credentials, TimeSpan.FromDays(30), CancellationToken.None);
        while (!detecting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        return (await detecting, heard);
    }

    /// <summary>A Lab device at the other end of nothing.</summary>
    private sealed class LabLine : ILine, IDisposable
    {
        private readonly LabConversation device;
        private readonly ILineObserver observer;
        private bool closed;

        public LabLine(LabDevice lab, Platform platform, ILineObserver observer, TimeProvider time)
        {
            this.observer = observer;
            device = new LabConversation(lab, platform, inBandLogin: true, observer.Received, End, time);
            observer.Opened(new LineGreeting("127.0.0.1:23"));
            device.Begin();
        }

        public void Dispose() => device.Dispose();

        public void Write(ReadOnlySpan<byte> bytes) => device.Receive(bytes);

        public void Authenticate(LineCredentials credentials)
        {
        }

        public void Pause()
        {
        }

        public void Resume()
        {
        }

        public void Close() => End();

        public void Abort() => End();

        private void End()
        {
            if (closed)
                return;
            closed = true;
            observer.Closed(null);
        }
    }
}
