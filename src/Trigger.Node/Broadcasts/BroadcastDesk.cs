using System.Threading.Channels;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Node.Broadcasts;

/// <summary>
/// Holds one steered conversation with each device of a broadcast. A device that is lost before the line was sent to it is called again, one whose login was refused is shown the next credential;
/// a line that was sent is never sent twice.
/// </summary>
internal sealed class BroadcastDesk : ReceiveActor, IWithTimers
{
    private const int RefusalsAllowed = 3;
    private const int MostMoves = 20;

    // Devices that do not say goodbye are not waited for.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ConversationId, Talk> byId = [];
    private readonly List<Talk> talks;
    private readonly IActorRef sessions;
    private readonly Func<CredentialBook> credentials;
    private readonly string name;
    private IActorRef guard = ActorRefs.Nobody;
    private ChannelWriter<BroadcastAnswer>? answers;
    private string line = "";
    private int number = -1;
    private int conversations;
    private bool leaving;

    public BroadcastDesk(IActorRef sessions, IReadOnlyList<NetDevice> devices, Func<CredentialBook> credentials, string name)
    {
        (this.sessions, this.credentials, this.name) = (sessions, credentials, name);
        talks = [.. devices.Select(device => new Talk(device))];
        Receive<Say>(Begin);
        Receive<Stop>(_ => Cancel());
        Receive<Idle>(_ => LetGo());
        Receive<Leave>(_ => End());
        Receive<TooLong>(_ => Context.Stop(Self));
        Receive<SessionFact>(fact =>
        {
            if (byId.TryGetValue(fact.Id, out var talk))
                Hear(talk, fact);
        });
        ReceiveAny(_ => { });
    }

    /// <summary>One line to all.</summary>
    internal sealed record Say(string Line, ChannelWriter<BroadcastAnswer> Answers);

    /// <summary>Send nothing more of the line.</summary>
    internal sealed record Stop;

    internal sealed record Leave;

    private sealed record Idle;

    private sealed record TooLong;

    private sealed class Talk(NetDevice device)
    {
        public NetDevice Device { get; } = device;

        /// <summary>Null while nobody talks to it.</summary>
        public ConversationId? Id { get; set; }

        /// <summary>Waits for the next line; null while it is busy.</summary>
        public IActorRef? Waiting { get; set; }

        public bool Owes { get; set; }

        public int Credential { get; set; }

        public int Moves { get; set; }
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => guard = Context.ActorOf(Props.Create(() => new CredentialGuard(RefusalsAllowed)), "guard");

    protected override void PostStop()
    {
        foreach (var talk in talks.Where(talk => talk.Id is not null))
            sessions.Tell(new Reach(talk.Device, new SessionCommand.Cancel(talk.Id!.Value, name)));
        foreach (var talk in talks.Where(talk => talk.Owes))
            Answer(talk, "unknown", new DeviceFault.EngineFailed("The node has stopped."), "", TimeSpan.Zero);
        answers?.TryComplete();
    }

    private void Begin(Say say)
    {
        if (answers is not null || leaving)
        {
            say.Answers.TryComplete(new InvalidOperationException("One line at a time."));
            return;
        }

        (line, answers, number) = (say.Line, say.Answers, number + 1);
        Timers.Cancel(nameof(Idle));
        foreach (var talk in talks)
        {
            (talk.Owes, talk.Moves) = (true, 0);
            if (talk.Waiting is { } session)
            {
                talk.Waiting = null;
                session.Tell(new SessionCommand.More(talk.Id!.Value, [new Step(number, line)]));
            }
            else
            {
                Call(talk);
            }
        }

        Settle();
    }

    private void Call(Talk talk)
    {
        var fitting = credentials().For(talk.Device);
        if (talk.Credential >= fitting.Count)
        {
            talk.Credential = 0;
            Answer(talk, "refused", new DeviceFault.CredentialMissing("a user name and a password", "No credential is for it; see 'trigger credentials list' and 'pbm credential list'."), "", TimeSpan.Zero);
            return;
        }

        var id = new ConversationId($"{name} {conversations++}");
        talk.Id = id;
        byId.Add(id, talk);
        sessions.Tell(new Reach(talk.Device, new SessionCommand.Converse(id, [new Step(number, line)], fitting[talk.Credential], guard, StopAtError: false)
        {
            Steered = true,
            CredentialIndex = talk.Credential,
        }));
    }

    private void Hear(Talk talk, SessionFact fact)
    {
        switch (fact)
        {
            case SessionFact.WantsLeave leave:
                // The line is on record before it is handed to anybody.
                Sender.Tell(new SessionCommand.Proceed(leave.Id, leave.Step));
                break;
            case SessionFact.Answered answered:
                Answer(talk, "accepted", null, answered.Output, answered.Elapsed);
                break;
            case SessionFact.Refused refused:
                Answer(talk, "refused", refused.Fault, refused.Output, refused.Elapsed);
                break;
            case SessionFact.InDoubt doubt:
                Answer(talk, "unknown", doubt.Fault, doubt.Output, doubt.Elapsed);
                break;
            case SessionFact.WantsMore more:
                if (talk.Owes)
                    Answer(talk, "refused", more.Fault ?? new DeviceFault.EngineFailed("The line was not sent."), "", TimeSpan.Zero);
                talk.Waiting = Sender;
                if (leaving)
                    Release(talk);
                break;
            case SessionFact.Ended ended:
                Over(talk, ended.Fault);
                break;
        }

        Settle();
    }

    // A device that hung up while nobody spoke is called again with the next line.
    private void Over(Talk talk, DeviceFault? fault)
    {
        byId.Remove(talk.Id!.Value);
        (talk.Id, talk.Waiting) = (null, null);
        if (!talk.Owes)
            return;

        if (!leaving && fault?.Kind == "login_refused" && talk.Device.LoginPassword is null && talk.Credential + 1 < credentials().For(talk.Device).Count)
        {
            talk.Credential++;
            Call(talk);
        }
        else if (!leaving && fault is DeviceFault.NodeLost && ++talk.Moves <= MostMoves)
        {
            Call(talk);
        }
        else
        {
            if (fault?.Kind == "login_refused")
                talk.Credential = 0;
            Answer(talk, "refused", fault ?? new DeviceFault.EngineFailed("The session ended before the line was sent."), "", TimeSpan.Zero);
        }
    }

    private void Answer(Talk talk, string verdict, DeviceFault? fault, string output, TimeSpan elapsed)
    {
        if (!talk.Owes)
            return;

        talk.Owes = false;
        answers?.TryWrite(new BroadcastAnswer(talk.Device.Name, talk.Device.Platform, verdict, fault?.Kind, fault?.Text, output, (long)elapsed.TotalMicroseconds));
    }

    // The line is over when everybody has answered, and stands at a prompt or has hung up.
    private void Settle()
    {
        if (answers is not null && talks.TrueForAll(talk => !talk.Owes && (talk.Id is null || talk.Waiting is not null)))
        {
            answers.TryComplete();
            answers = null;
            Timers.StartSingleTimer(nameof(Idle), new Idle(), Broadcast.IdleTime);
        }

        if (leaving && byId.Count == 0)
            Context.Stop(Self);
    }

    private void Cancel()
    {
        foreach (var talk in talks.Where(talk => talk is { Owes: true, Id: not null }))
            sessions.Tell(new Reach(talk.Device, new SessionCommand.Cancel(talk.Id!.Value, name)));
    }

    private void LetGo()
    {
        if (answers is not null)
            return;
        foreach (var talk in talks.Where(talk => talk.Waiting is not null))
            Release(talk);
    }

    private static void Release(Talk talk)
    {
        talk.Waiting!.Tell(new SessionCommand.Enough(talk.Id!.Value));
        talk.Waiting = null;
    }

    private void End()
    {
        leaving = true;
        Cancel();
        foreach (var talk in talks.Where(talk => talk.Waiting is not null))
            Release(talk);
        Timers.StartSingleTimer(nameof(TooLong), new TooLong(), Farewell);
        Settle();
    }
}
