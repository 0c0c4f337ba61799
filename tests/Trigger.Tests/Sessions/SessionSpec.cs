using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Sessions;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Sessions;

/// <summary>A session, its clock, its guard, and a caller who hears its facts.</summary>
public abstract class SessionSpec : IAsyncLifetime
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    protected static readonly ConversationId Talk = new("talk");

    private readonly ActorSystem system;

    protected SessionSpec()
    {
        system = ActorSystem.Create("sessions", ActorSystemSetup.Create(new KernelSetup { Time = Clock }));
        Caller = new Probe(system);
        Guard = new Probe(system);
    }

    protected FakeClock Clock { get; } = new();

    protected Probe Caller { get; }

    protected Probe Guard { get; }

    /// <summary>How long a question waits for a person; null when it does not.</summary>
    protected TimeSpan? Park { get; set; }

    protected IActorRef Session { get; private set; } = ActorRefs.Nobody;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await system.Terminate();
    }

    internal void Dial(ScriptedDevice device, string platform, Protocol protocol, params string[] commands) => Dial(device, platform, protocol, false, commands);

    internal void Dial(ScriptedDevice device, string platform, Protocol protocol, bool stopAtError, params string[] commands)
    {
        Dial(device, platform, protocol, stopAtError, [.. commands.Select((line, number) => new Step(number, line))]);
    }

    internal void Dial(ScriptedDevice device, string platform, Protocol protocol, bool stopAtError, IReadOnlyList<Step> steps, TimeSpan interval = default, params string[] init)
    {
        var target = new NetDevice
        {
            Name = "r1", Host = "r1", Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = platform, Protocol = protocol, AdminStatus = "PRODUCTION",
            Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        };
        var plan = new SessionPlan(device.Dial, Catalog, Clock);
        var credentials = new Credentials("bob", new Secret("pw-secret"), new Secret("en-secret"));
        Session = system.ActorOf(Props.Create(() => new DeviceSession(target, Catalog.Get(platform), plan)));
        Session.Tell(
            new SessionCommand.Converse(Talk, steps, credentials, Guard.Ref, stopAtError) { Interval = interval, Init = init, Park = Park }, Caller.Ref);
    }

    /// <summary>The guard's answer to the one question a session asks it.</summary>
    protected async Task Grant()
    {
        await Guard.Expect<CredentialUse.MayShow>();
        Guard.LastSender.Tell(new CredentialUse.Granted());
    }

    protected Task<T> Expect<T>() where T : SessionFact => Caller.Expect<T>();

    /// <summary>Completes when so many lines were typed and the session has read what the device said to them.</summary>
    internal async Task Processed(ScriptedDevice device, int typed)
    {
        await device.HasHeard(typed);
        await Session.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(20));
    }

    /// <summary>Waits until so many lines were typed, then lets the time pass that proves a prompt.</summary>
    internal async Task Settle(ScriptedDevice device, int typed)
    {
        await Processed(device, typed);
        Clock.Advance(TimeSpan.FromMilliseconds(250));
    }
}
