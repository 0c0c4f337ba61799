using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>
/// A line to a device that logs itself in, as a <see cref="DeviceSession"/> does it for a run, and is then a person's: prompts answered in order, the privilege raised if that is
/// wanted, nothing else prepared. The observer hears all of it from the first byte. What is written before <see cref="LoggedIn"/> is dropped, because the login would take it for an answer.
/// </summary>
public sealed class DeviceShell : ILine, IAsyncDisposable
{
    private readonly TaskCompletionSource<DeviceFault?> loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorSystem system;
    private readonly HandOver door;
    private readonly Platform platform;
    private readonly bool dialsTelnet;

    private DeviceShell(NetDevice device, Platform platform, SessionPlan plan, Credentials credentials, bool raise, ILineObserver person)
    {
        this.platform = platform;
        dialsTelnet = device.Protocol == Protocol.Telnet;
        system = ActorSystem.Create("shell", ActorSystemSetup.Create(new KernelSetup { Time = plan.Time }));
        door = new HandOver(person, raise);
        var own = door;
        system.ActorOf(Props.Create(() => new Porter(device, platform, plan, credentials, own, loggedIn)), "porter");
    }

    /// <summary>Null once the device is at its prompt and the line is the person's; else why it never came to that.</summary>
    public Task<DeviceFault?> LoggedIn => loggedIn.Task;

    /// <summary>What ends a line that is typed at this device.</summary>
    public string LineEnd => dialsTelnet || door.OverTelnet ? platform.TelnetLineEnd : platform.LineEnd;

    /// <summary>Begins the call and the login.</summary>
    /// <param name="plan">How lines are opened, and with whose clock.</param>
    /// <param name="credentials">Stay the caller's, and must live until <see cref="LoggedIn"/> completes.</param>
    /// <param name="raise">Whether to raise the privilege to the platform's work mode.</param>
    /// <param name="person">Hears the line.</param>
    public static DeviceShell Dial(NetDevice device, Platform platform, SessionPlan plan, Credentials credentials, bool raise, ILineObserver person) =>
        new(device, platform, plan, credentials, raise, person);

    public void Write(ReadOnlySpan<byte> bytes) => door.Write(bytes);

    public void Authenticate(LineCredentials credentials)
    {
        // The session does that.
    }

    public void Pause() => door.Pause();

    public void Resume() => door.Resume();

    public void Resize(int columns, int rows) => door.Resize(columns, rows);

    public void EndInput() => door.EndInput();

    public void Close() => door.Close();

    public void Abort() => door.Abort();

    public async ValueTask DisposeAsync()
    {
        // Before the line is closed: else the session may be the first to say why there was no login, and it sees a line lost.
        loggedIn.TrySetResult(new DeviceFault.Cancelled("the person at the terminal"));
        Close();
        await system.Terminate().ConfigureAwait(false);
    }

    /// <summary>The session's supervisor, its caller, and the guard that lets every credential be shown: one device is asked, once.</summary>
    private sealed class Porter : ReceiveActor
    {
        public Porter(NetDevice device, Platform platform, SessionPlan plan, Credentials credentials, HandOver door, TaskCompletionSource<DeviceFault?> loggedIn)
        {
            Receive<CredentialUse.MayShow>(_ => Sender.Tell(new CredentialUse.Granted()));
            Receive<SessionFact.LoggedIn>(_ => loggedIn.TrySetResult(null));
            Receive<SessionFact.Ended>(ended => loggedIn.TrySetResult(ended.Fault ?? new DeviceFault.EngineFailed("The session ended before it began.")));
            Receive<Terminated>(_ => loggedIn.TrySetResult(new DeviceFault.EngineFailed("The session failed; see the log.")));
            ReceiveAny(_ => { });
            var session = Context.ActorOf(Props.Create(() => new DeviceSession(device, platform, plan)), "session");
            Context.Watch(session);
            session.Tell(new SessionCommand.Converse(new ConversationId("shell"), [], credentials, Self, StopAtError: true) { To = door }, Self);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
    }
}
