using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Node.Clustering;
using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Node.Terminals;

/// <summary>
/// Brings a person to a device: offers it the credentials that fit, each once, and looks again where the device is at home when that has changed before the login. Lets every credential be
/// shown, because one device is asked.
/// </summary>
internal sealed class TerminalPorter : ReceiveActor
{
    // A device that moves on and on is not worth a person's patience.
    private const int MostMoves = 20;

    private readonly Setup setup;
    private int credential;
    private int moves;
    private bool loggedIn;

    public TerminalPorter(Setup setup)
    {
        this.setup = setup;
        Receive<CredentialUse.MayShow>(_ => Sender.Tell(new CredentialUse.Granted()));
        Receive<SessionLetter.Waits>(waits => setup.Waits(waits.Others));
        Receive<SessionFact.LoggedIn>(_ =>
        {
            loggedIn = true;
            setup.Door.Take();
            setup.LoggedIn.TrySetResult(null);
        });
        Receive<SessionFact.Ended>(ended => Over(ended.Fault));
        ReceiveAny(_ => { });
    }

    /// <param name="Credentials">Which fit, in the order in which they are tried; for one who only watches there may be none.</param>
    /// <param name="Waits">Hears who talks to the device now.</param>
    internal sealed record Setup(
        NetDevice Device, IReadOnlyList<Credentials> Credentials, string Id, HandOver Door, TerminalWish Wish, IActorRef Sessions, Action<string> Waits,
        TaskCompletionSource<DeviceFault?> LoggedIn, TaskCompletionSource<DeviceFault?> Ended);

    protected override void PreStart() => Call();

    protected override void PostStop() => Leave(new DeviceFault.EngineFailed("The node has stopped."));

    private void Call()
    {
        var who = setup.Credentials.Count > 0 ? setup.Credentials[credential] : new Credentials("");
        setup.Sessions.Tell(new ClusterSessions.Sit(
            setup.Device,
            new SessionCommand.Converse(new ConversationId($"{setup.Id}.{credential}.{moves}"), [], who, Self, StopAtError: true) { To = setup.Door, CredentialIndex = credential },
            setup.Wish));
    }

    private void Over(DeviceFault? fault)
    {
        if (!loggedIn && fault?.Kind == "login_refused" && credential + 1 < setup.Credentials.Count)
        {
            credential++;
            Call();
        }
        else if (!loggedIn && fault is DeviceFault.NodeLost && ++moves <= MostMoves)
        {
            Call();
        }
        else
        {
            Leave(fault is DeviceFault.Cancelled ? null : fault);
            Context.Stop(Self);
        }
    }

    private void Leave(DeviceFault? fault)
    {
        setup.LoggedIn.TrySetResult(fault ?? new DeviceFault.Cancelled("the person at the terminal"));
        if (setup.Ended.TrySetResult(fault))
            setup.Door.Person.Closed(fault is null ? null : new WireFault.LineLost("talking", fault.Text));
    }
}
