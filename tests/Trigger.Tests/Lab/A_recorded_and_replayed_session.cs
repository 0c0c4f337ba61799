using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;
using Trigger.Lab;
using Trigger.Lab.Replaying;
using Trigger.Node;
using Trigger.Sessions;
using Trigger.Sessions.Recording;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Wire;
using Trigger.Wire.Recording;
using Trigger.Wire.Telnet;

namespace Trigger.Tests.Lab;

public sealed class A_recorded_and_replayed_session : IAsyncLifetime
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"trigger-replayed-{Guid.NewGuid():N}");
    private readonly ActorSystem system = ActorSystem.Create("replaying");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await system.Terminate();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("cisco_ios")]
    [InlineData("juniper_junos")]
    [InlineData("frr_vty")]
    public async Task ends_as_it_did_when_it_was_recorded(string platform)
    {
        string[] recorded;
        await using (var lab = LabGrounds.Start(Catalog, TimeProvider.System, LabFleet.Plan(1, Catalog, platform, Protocol.Telnet)))
        await using (var recorder = new SessionRecorder(new RecordingFolder(folder), _ => [Who("lab", "lab")], TimeProvider.System, Assert.Fail))
            recorded = await Converse(lab.Devices[0], recorder.Around(Dial), Who("lab", "lab"));

        var mistakes = new List<string>();
        var file = Assert.Single(Directory.GetFiles(folder));
        var recording = RecordingText.Parse(File.ReadAllText(file), file, mistakes);
        Assert.Empty(mistakes);
        var notes = new List<string>();
        await using var replay = ReplayGrounds.Start([recording!], double.PositiveInfinity, notes.Add, Catalog, TimeProvider.System);
        var replayed = await Converse(replay.Devices[0], Dial, Who("somebody", "anything at all"));

        Assert.Equal(recorded, replayed);
        Assert.Contains(recorded, fact => fact.StartsWith("Answered 0", StringComparison.Ordinal) && fact.Contains("line 5", StringComparison.Ordinal));
        Assert.Empty(notes);
    }

    private static Credentials Who(string user, string password) => new(user, new Secret(password), new Secret(password));

    private static ILine Dial(NetDevice device, Platform platform, ILineObserver listener) => new TelnetDialer().Dial(LineDialer.TelnetCall(device, platform), listener);

    private async Task<string[]> Converse(LabDevice device, DialLine dial, Credentials who)
    {
        var target = new NetDevice
        {
            Name = device.Name, Host = "127.0.0.1", Port = device.Address.Port, Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = device.Platform, Protocol = Protocol.Telnet,
            AdminStatus = "PRODUCTION", Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        };
        var (caller, guard) = (new Probe(system), new Probe(system));
        var plan = new SessionPlan(dial, Catalog, TimeProvider.System);
        var session = system.ActorOf(Props.Create(() => new DeviceSession(target, Catalog.Get(device.Platform), plan)));
        session.Tell(new SessionCommand.Converse(new ConversationId("talk"), [new Step(0, "show lines 5"), new Step(1, "show nothing like this"), new Step(2, "show clock")], who, guard.Ref, StopAtError: false), caller.Ref);
        await guard.Expect<CredentialUse.MayShow>();
        guard.LastSender.Tell(new CredentialUse.Granted());
        var facts = new List<string>();
        while (true)
        {
            switch (await caller.Expect<SessionFact>())
            {
                case SessionFact.Answered fact:
                    facts.Add($"Answered {fact.Step} {fact.Output}");
                    break;
                case SessionFact.Refused fact:
                    facts.Add($"Refused {fact.Step} {fact.Fault.Kind} {fact.Output}");
                    break;
                case SessionFact.Ended fact:
                    facts.Add($"Ended {fact.Fault}");
                    return [.. facts];
            }
        }
    }
}
