using System.Diagnostics;
using Trigger.Cluster.Sharding;
using Trigger.Devices;
using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Sessions.Telemetry;
using Trigger.Wire;

namespace Trigger.Node.Clustering;

/// <summary>
/// Stands for a session on the node that may talk to the device: its caller and the guard of its credentials are here, and it is there. Its other half is <see cref="FarCaller"/>.
/// </summary>
internal sealed class FarSession : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly long number;
    private readonly NetDevice device;
    private readonly SessionCommand.Converse request;
    private readonly IActorRef caller;
    private readonly Func<NetDevice, ShardHome?> homeOf;
    private readonly SendLetter send;
    private readonly TimeSpan patience;
    private readonly string credential;
    private readonly TerminalWish? wish;
    private ShardHome? home;
    private bool asked;
    private bool full;
    private bool unshown;
    private bool lost;
    private Activity? span;

    /// <param name="wish">A person's terminal, in place of the steps; null for a machine's conversation.</param>
    public FarSession(
        long number, NetDevice device, SessionCommand.Converse request, IActorRef caller, Func<NetDevice, ShardHome?> homeOf, SendLetter send, TimeSpan patience, TerminalWish? wish)
    {
        this.wish = wish;
        this.number = number;
        this.device = device;
        this.request = request;
        this.caller = caller;
        this.homeOf = homeOf;
        this.send = send;
        this.patience = patience;
        // As the session itself names it: a password of the device's own is a credential of its own.
        credential = device.LoginPassword is null ? request.Credentials.Id : $"{request.Credentials.Id}/{device.Name}";

        Receive<LetterFrom>(letter => letter.From == home?.Owner, letter => Hear(letter.Letter));
        Receive<SessionCommand.Proceed>(leave => Send(new SessionLetter.Proceed(number, leave.Step)));
        Receive<SessionCommand.More>(more => Send(new SessionLetter.More(number, more.Steps)));
        Receive<SessionCommand.Enough>(_ => Send(new SessionLetter.Enough(number)));
        Receive<SessionCommand.Cancel>(Cancel);
        Receive<SessionCommand.Recall>(_ => home is null, _ => End(new DeviceFault.NodeLost("none")));
        Receive<SessionCommand.Answer>(said => Send(new SessionLetter.Answer(number, said.Step, said.Text, said.By)));
        Receive<FarLine.Say>(say => Send(say.Letter));
        Receive<FarLine.Hold>(hold =>
        {
            full = hold.Full;
            Show();
        });
        Receive<CredentialUse.Granted>(_ => Send(new SessionLetter.Granted(number)));
        Receive<CredentialUse.Withheld>(withheld => Send(new SessionLetter.Withheld(number, withheld.Refusals)));
        Receive<ClusterSessions.HomesChanged>(_ => LookHome());
        Receive<ClusterSessions.Swept>(_ => End(new DeviceFault.NodeLost(home!.Value.Owner.Node)));
        Receive<Homeless>(_ => End(new DeviceFault.EngineFailed($"No node of the cluster that may talk to {device.Name} was up for {patience.TotalSeconds:0} s.")));
        Receive<Stale>(_ => End(new DeviceFault.NodeLost(home!.Value.Owner.Node)));
        ReceiveAny(_ => { });
    }

    private sealed record Homeless;

    private sealed record Stale;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        span = Spans.Begin(TelemetryNames.Task, ActivityKind.Producer, request.Trace);
        span?.SetTag(TelemetryNames.Device, device.Name);
        span?.SetTag(TelemetryNames.Conversation, request.Id.Value);
        Timers.StartSingleTimer(nameof(Homeless), new Homeless(), patience);
        LookHome();
    }

    protected override void PostStop()
    {
        Withdraw();
        span.End();
        Context.Parent.Tell(new ClusterSessions.Over(number));
    }

    private void LookHome()
    {
        var now = homeOf(device);
        if (home is null && now is { } found)
        {
            home = found;
            Timers.Cancel(nameof(Homeless));
            span?.SetTag(TelemetryNames.Talker, found.Owner.Node);
            Send(new SessionLetter.Converse(
                number, request.Id.Value, device.Name, found.Epoch, request.CredentialIndex, request.Credentials.UserName, request.Steps, request.StopAtError, request.Language,
                request.Init, request.Interval, request.ReadOnly) { Terminal = wish, Trace = span?.Id ?? request.Trace, Steered = request.Steered, Park = request.Park, Recording = request.Recording });
            request.To?.Join(new FarLine(number, Self));
        }
        else if (home is { } known && now != known && !lost)
        {
            // What it has written before it gave the device up, or was lost, still counts: with it, fewer steps are in doubt.
            lost = true;
            Context.Parent.Tell(new ClusterSessions.Sweep(number));
        }
    }

    private void Hear(SessionLetter letter)
    {
        switch (letter)
        {
            case SessionLetter.MayShow:
                asked = true;
                request.Guard.Tell(new CredentialUse.MayShow(credential, device.Name), Self);
                break;

            case SessionLetter.Judged judged:
                asked = false;
                request.Guard.Tell(new CredentialUse.Judged(credential, device.Name, judged.Accepted), Self);
                break;

            case SessionLetter.Waits waits:
                caller.Tell(waits, Self);
                break;

            case SessionLetter.Opened opened:
                request.To?.Person.Opened(new LineGreeting(opened.Address, opened.ServerVersion, opened.Banner, opened.HostKeyFingerprint) { InsteadOfSsh = opened.InsteadOfSsh });
                break;

            case SessionLetter.Heard heard:
                unshown = true;
                request.To?.Person.Received(heard.Bytes);
                Show();
                break;

            case SessionLetter.Ended { Fault: { Kind: "node_lost" } } when homeOf(device) == home:
                // That node knows better than we do by now. Asking it again at once would only be refused again.
                Timers.StartSingleTimer(nameof(Stale), new Stale(), LookAgain);
                break;

            case SessionLetter.Ended ended:
                End(ended.Fault?.Fault());
                break;

            default:
                if (letter.Fact(request.Id) is { } fact)
                    caller.Tell(fact, Self);
                break;
        }
    }

    // The next piece comes when the screen has room for it. It may get one more than it has, because word of that comes as a message.
    private void Show()
    {
        if (!unshown || full)
            return;

        unshown = false;
        Send(new SessionLetter.Shown(number));
    }

    private void Cancel(SessionCommand.Cancel cancel)
    {
        if (home is null)
            End(new DeviceFault.Cancelled(cancel.By));
        else
            Send(new SessionLetter.Cancel(number, cancel.By));
    }

    private void Send(SessionLetter letter)
    {
        if (home is { } at)
            send(at.Owner, letter);
    }

    private void End(DeviceFault? fault)
    {
        Withdraw();
        span.End(fault);
        caller.Tell(new SessionFact.Ended(request.Id, fault), Self);
        Context.Stop(Self);
    }

    // Whoever lost the answer must not keep the guard waiting for it.
    private void Withdraw()
    {
        if (asked)
            request.Guard.Tell(new CredentialUse.Judged(credential, device.Name, null), Self);
        asked = false;
    }
}
