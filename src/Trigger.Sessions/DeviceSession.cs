using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;
using static Trigger.Sessions.SessionAlarm;

namespace Trigger.Sessions;

/// <summary>
/// One conversation with one device.
/// <code>
///  Idle ─Converse─▶ Dialing ─line─▶ LoggingIn ─prompt─▶ Enabling ─▶ Preparing ─▶ Running ◀─leave─▶ Ready
///   ▲                  │               │                   │            │          │ │
///   │                  └───────────────┴──── refused, lost, overdue ────┴──────────┘ └─last answer─▶ HangingUp
///   │                                                               └─to a person─▶ HandedOver ─line lost─▶ Idle
///   └──────────────────────────────────────── the caller has heard Ended ───────────────────────────────┘
/// </code>
/// A line is typed ahead where that cannot hurt: behind a command that only reads, the next reading command (or the farewell) goes out at the first sight of the
/// prompt, and its echo proves that the answer before was whole. A command that changes something waits for that proof, and for the caller's leave.
/// </summary>
public sealed class DeviceSession : FSM<SessionState, Conversation>
{
    private const string Deadline = "deadline";
    private const string Silence = "silence";
    private const string Interval = "interval";

    // A device that does not hang up when told goodbye is hung up on.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly NetDevice device;
    private readonly Platform platform;
    private readonly SessionPlan plan;
    private int calls;

    public DeviceSession(NetDevice device, Platform platform, SessionPlan plan)
    {
        this.device = device;
        this.platform = platform;
        this.plan = plan;

        StartWith(SessionState.Idle, Conversation.None);
        When(SessionState.Idle, Current(Idle));
        When(SessionState.Dialing, Current(Dialing));
        When(SessionState.LoggingIn, Current(LoggingIn));
        When(SessionState.Enabling, Current(Enabling));
        When(SessionState.Preparing, Current(Preparing));
        When(SessionState.Ready, Current(Ready));
        When(SessionState.Running, Current(Running));
        When(SessionState.Parked, Current(Parked));
        When(SessionState.HandedOver, Current(happened => happened.FsmEvent is LineNews.Received ? Take(happened) : null)); // Only its end is our affair.
        When(SessionState.HangingUp, Current(HangingUp));
        WhenUnhandled(Otherwise);
        OnTransition((from, to) => (from == SessionState.Idle ? NextStateData : StateData).Watch?.Move(to));
        Initialize();
    }

    protected override void PostStop()
    {
        if (StateName != SessionState.Idle)
            StateData.Abort();
        base.PostStop();
    }

    // Idle: no line is open and nobody is owed an answer.
    private State<SessionState, Conversation>? Idle(Event<Conversation> happened)
    {
        if (happened.FsmEvent is not SessionCommand.Converse request)
            return null;

        var caller = Sender;
        var talk = new Conversation(request, fact => caller.Tell(fact), device, platform, ++calls, plan);
        var listener = new LineListener(Self, talk.Call);
        talk.Connect(request.To?.Dial(plan.Dial, device, platform, listener) ?? plan.DialFor(request)(device, platform, listener), listener);
        return GoTo(SessionState.Dialing).Using(talk);
    }

    // Dialing: the far end has not asked who we are.
    private State<SessionState, Conversation>? Dialing(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        switch (happened.FsmEvent)
        {
            case LineNews.Authenticating when talk.CannotAuthenticate() is { } missing:
                return Fail(missing);

            case LineNews.Authenticating:
                talk.Check.Ask();
                return Stay();

            case CredentialUse.Granted:
                talk.Check.Shown();
                talk.Line!.Authenticate(talk.Credentials.ForLine(device, platform));
                return GoTo(SessionState.LoggingIn);

            case LineNews.Opened opened:
                if (opened.Greeting.InsteadOfSsh)
                    talk.FellBack();
                return AwaitPrompt();

            default:
                return null;
        }
    }

    // LoggingIn: the credentials are with the device, or it is about to ask for them; there is no prompt yet.
    private State<SessionState, Conversation>? LoggingIn(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        switch (happened.FsmEvent)
        {
            case LineNews.Opened:
                talk.Check.Judge(accepted: true);
                return AwaitPrompt();

            case LineNews.Received or Silent:
                return LogIn(talk, happened);

            case CredentialUse.Granted:
                talk.Check.Shown();
                talk.Keyboard.Line(talk.LoginPassword!);
                talk.Login.PasswordTyped();
                SetTimer(Deadline, new Overdue(), platform.Limits.Login);
                return Stay();

            case Overdue:
                return Fail(talk.Unprompted(plan.Platforms, "waiting for the login to finish"));

            default:
                return null;
        }
    }

    // Enabling: "enable" has been typed.
    private State<SessionState, Conversation>? Enabling(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        return happened.FsmEvent switch
        {
            LineNews.Received or Silent => Raise(talk, happened),
            Overdue => Fail(new DeviceFault.TimedOut($"raising the privilege with '{platform.Enable!.Send}'", platform.Limits.Enable, talk.Heard())),
            _ => null,
        };
    }

    // Preparing: one of the platform's on-open commands is with the device.
    private State<SessionState, Conversation>? Preparing(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        return happened.FsmEvent switch
        {
            LineNews.Received or Silent => Prepared(talk, happened),
            Overdue => Fail(talk.Unprompted(plan.Platforms, $"preparing the terminal with '{talk.OnOpen[talk.Prepared]}'")),
            _ => null,
        };
    }

    // Ready: at the prompt, and the next step waits for its leave, or is not decided yet.
    private State<SessionState, Conversation>? Ready(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        return happened.FsmEvent switch
        {
            SessionCommand.Proceed leave when leave.Id == talk.Id && leave.Step == talk.Step.Number => Send(talk),
            SessionCommand.More more when more.Id == talk.Id && !talk.HasStep => Continue(talk.With(more.Steps)),
            SessionCommand.Enough enough when enough.Id == talk.Id && !talk.HasStep => HangUp(talk),
            IntervalOver => Continue(talk),

            // Log lines of the device; they are cut off with everything else before the next echo.
            LineNews.Received => Take(happened),
            _ => null,
        };
    }

    // Running: a step is with the device.
    private State<SessionState, Conversation>? Running(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        return happened.FsmEvent switch
        {
            LineNews.Received or Silent => Listen(talk, happened),
            Overdue => Fail(new DeviceFault.TimedOut($"waiting for the answer to '{talk.Step.Line}'", talk.StepLimit, talk.Heard())),
            _ => null,
        };
    }

    // Parked: the device asks, and a person has to say what. The step's own time does not run.
    private State<SessionState, Conversation>? Parked(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        return happened.FsmEvent switch
        {
            LineNews.Received or Silent => Listen(talk, happened),
            SessionCommand.Answer said when said.Id == talk.Id && said.Step == talk.Step.Number => Answer(talk, said.Text, said.By),
            SessionCommand.Cancel cancel when cancel.Id == talk.Id => Answer(talk, text: null, talk.CancelledBy = cancel.By),
            Overdue => Fail(new DeviceFault.QuestionAsked(talk.Step.Line, talk.Report.Parking.Question!)),
            _ => null,
        };
    }

    // HangingUp: the farewell is with the device; at most the last answer is still unproven.
    private State<SessionState, Conversation>? HangingUp(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        switch (happened.FsmEvent)
        {
            case LineNews.Received:
                Take(happened);
                if (talk.Report.Prove(talk.Reader.Answer()))
                    talk.Report.End(null);
                return Stay();

            case LineNews.Closed:
                talk.LineGone();
                return Rest(talk);

            case Overdue or Silent:
                return Rest(talk);

            default:
                return null;
        }
    }

    private State<SessionState, Conversation>? Otherwise(Event<Conversation> happened)
    {
        var talk = happened.StateData;
        switch (happened.FsmEvent)
        {
            case SessionCommand.Converse second:
                Sender.Tell(new SessionFact.Ended(second.Id, DeviceFault.EngineFailed.Busy));
                return Stay();

            case LineNews.Closed closed:
                talk.LineGone();
                talk.Unpark();
                if (StateName == SessionState.Running && closed.Fault is null && talk.Step.Line.Trim() == platform.OnClose)
                {
                    talk.Report.End(talk.SaidGoodbye(Elapsed(talk)));
                    return Rest(talk);
                }

                return Fail(FaultOf.Line(closed.Fault, talk.Doing(StateName), talk.Credentials.UserName, talk.Heard()));

            case CredentialUse.Withheld withheld when StateName is SessionState.Dialing or SessionState.LoggingIn:
                return Fail(new DeviceFault.CredentialSuspended(talk.Credentials.UserName, withheld.Refusals));

            case SessionCommand.Cancel cancel when StateName != SessionState.Idle && cancel.Id == talk.Id:
                talk.CancelledBy = cancel.By;
                return StateName is SessionState.Running or SessionState.HangingUp ? Stay() : Fail(new DeviceFault.Cancelled(cancel.By));

            default:
                // News of a line given up, a timer that fired as it was cancelled, leave for a step that is over: late, and harmless.
                return Stay();
        }
    }

    private State<SessionState, Conversation> AwaitPrompt()
    {
        SetTimer(Deadline, new Overdue(), platform.Limits.Login);
        return GoTo(SessionState.LoggingIn);
    }

    private State<SessionState, Conversation> LogIn(Conversation talk, Event<Conversation> happened)
    {
        Take(happened);
        var settled = happened.FsmEvent is Silent;
        var next = talk.Login.Next(settled);
        if (talk.Missing(next) is { } missing)
            return Fail(missing);

        switch (next)
        {
            case LoginMove.TypeUserName:
                talk.Keyboard.Line(talk.LoginName);
                talk.Login.UserNameTyped(talk.LoginName);
                return Stay();

            case LoginMove.TypePassword:
                // The guard may take its time; that is not the device's fault.
                CancelTimer(Deadline);
                talk.Check.Ask();
                return Stay();

            case LoginMove.Answer answer:
                talk.Keyboard.Answer(answer.Question);
                talk.Login.Answered();
                return Stay();

            case LoginMove.Refused refused:
                talk.Check.Judge(accepted: false);
                return Fail(new DeviceFault.LoginRefused(talk.Credentials.NameOn(talk.Device), talk.Mask(refused.Received)));

            case LoginMove.AtPrompt at:
                talk.Check.Judge(accepted: true);
                talk.Reader.Believe(at.Prompt);
                return talk.WantsToRaise(at.Prompt.Depth) && platform.Enable is { } dialogue ? BeginEnable(talk, dialogue) : Prepare(talk);

            case var move:
                return WaitFor(move);
        }
    }

    private State<SessionState, Conversation> BeginEnable(Conversation talk, EnableDialogue dialogue)
    {
        talk.BeginEnable(dialogue);
        SetTimer(Deadline, new Overdue(), platform.Limits.Enable);
        talk.Keyboard.Command(dialogue.Send);
        return GoTo(SessionState.Enabling);
    }

    private State<SessionState, Conversation> Raise(Conversation talk, Event<Conversation> happened)
    {
        Take(happened);
        var settled = happened.FsmEvent is Silent;
        switch (talk.Enable.Next(settled))
        {
            case LoginMove.TypeUserName:
                talk.Keyboard.Line(talk.Credentials.UserName);
                talk.Enable.UserNameTyped(talk.Credentials.UserName);
                return Stay();

            case LoginMove.TypePassword when talk.EnablePassword is { } password:
                talk.Keyboard.Line(password);
                talk.Enable.PasswordTyped();
                return Stay();

            case LoginMove.TypePassword:
                return Fail(new DeviceFault.CredentialMissing("the enable password", "Set TRIGGER_ENABLEPW, or the row's enablePW."));

            case LoginMove.Refused refused:
                return Fail(new DeviceFault.EnableRefused(talk.Mask(refused.Received)));

            case LoginMove.AtPrompt at:
                talk.Reader.Believe(at.Prompt);
                return Prepare(talk);

            case var move:
                return WaitFor(move);
        }
    }

    /// <summary>Sends the next on-open command, or begins with the steps when all are done.</summary>
    private State<SessionState, Conversation> Prepare(Conversation talk)
    {
        if (talk.Prepared == talk.OnOpen.Count)
        {
            talk.Request.To?.Take(); // Before it is told: whoever hears of it may type.
            talk.Report.LoggedIn();
            if (talk.Request.To is null)
                return Continue(talk);

            CancelTimer(Deadline);
            return GoTo(SessionState.HandedOver);
        }

        SetTimer(Deadline, new Overdue(), platform.Limits.Login);
        talk.Keyboard.Command(talk.OnOpen[talk.Prepared]);
        return GoTo(SessionState.Preparing);
    }

    private State<SessionState, Conversation> Prepared(Conversation talk, Event<Conversation> happened)
    {
        Take(happened);
        if (talk.Preparing.Next(settled: happened.FsmEvent is Silent) is var move && move is not LoginMove.AtPrompt)
            return WaitFor(move);

        talk.Reader.Believe(((LoginMove.AtPrompt)move).Prompt);
        talk.Prepared++;
        return Prepare(talk);
    }

    /// <summary>Begins the next step, or the farewell when there is none.</summary>
    private State<SessionState, Conversation> Continue(Conversation talk)
    {
        if (!talk.HasStep && !talk.Request.Steered)
            return HangUp(talk);

        if (talk.CancelledBy is { } by)
            return Fail(new DeviceFault.Cancelled(by));

        var rest = talk.HasStep ? talk.Rest : TimeSpan.Zero;
        if (talk.HasStep && rest <= TimeSpan.Zero && talk.StepMayRepeat)
            return Send(talk);

        CancelTimer(Deadline);
        if (rest > TimeSpan.Zero)
            SetTimer(Interval, new IntervalOver(), talk.Pause(rest));
        else if (talk.HasStep)
            talk.Report.WantsLeave(talk.Step);
        else
            talk.Report.WantsMore(talk.Dropped);
        return GoTo(SessionState.Ready);
    }

    private State<SessionState, Conversation> Send(Conversation talk)
    {
        talk.BeginStep();
        talk.SentAt = plan.Time.GetTimestamp();
        SetTimer(Deadline, new Overdue(), talk.StepLimit);
        talk.Keyboard.Command(talk.Step.Line);
        return GoTo(SessionState.Running);
    }

    private State<SessionState, Conversation> Listen(Conversation talk, Event<Conversation> happened)
    {
        Take(happened);
        switch (talk.Answering.Next(settled: happened.FsmEvent is Silent, plan.Time.GetElapsedTime(talk.SentAt, talk.HeardAt)))
        {
            case AnswerMove.WaitFor wait:
                SetTimer(Silence, new Silent(), wait.Silence);
                return Stay();

            case AnswerMove.Complete:
                talk.Unpark();
                return Continue(talk);

            case AnswerMove.Park park:
                CancelTimer(Silence);
                SetTimer(Deadline, new Overdue(), talk.Park(park.Question, plan.Time.GetUtcNow()));
                return GoTo(SessionState.Parked);

            case AnswerMove.GiveUp end:
                return Fail(end.Fault);

            default:
                return Stay();
        }
    }

    private State<SessionState, Conversation> Answer(Conversation talk, string? text, string by)
    {
        talk.Answer(text, by);
        SetTimer(Deadline, new Overdue(), talk.StepLimit);
        return GoTo(SessionState.Running);
    }

    private State<SessionState, Conversation> HangUp(Conversation talk)
    {
        talk.SayFarewell();
        if (talk.Report.Holds)
            SetTimer(Silence, new Silent(), platform.Limits.Settle);
        SetTimer(Deadline, new Overdue(), Farewell);
        return GoTo(SessionState.HangingUp);
    }

    /// <summary>It ends here, and the caller learns why.</summary>
    private State<SessionState, Conversation> Fail(DeviceFault fault)
    {
        var talk = StateData;
        talk.Check.Judge(accepted: fault is DeviceFault.LoginRefused ? false : null);
        talk.Report.Deliver();
        var asked = talk.TakeBack(fault);
        if (StateName is SessionState.Running or SessionState.Parked && fault is not DeviceFault.Skipped and not DeviceFault.Cancelled)
            fault = talk.Abandon(fault, Elapsed(talk));

        talk.Report.End(fault);
        talk.Drop(inOrder: asked);
        return Rest(talk);
    }

    /// <summary>The conversation is over; the line goes, and the next in the queue may dial.</summary>
    private State<SessionState, Conversation> Rest(Conversation talk)
    {
        talk.Close();
        CancelTimer(Deadline);
        CancelTimer(Silence);
        CancelTimer(Interval);
        Context.Parent.Tell(new SessionRested(device));
        return GoTo(SessionState.Idle).Using(Conversation.None);
    }

    private State<SessionState, Conversation> WaitFor(LoginMove move)
    {
        if (move == LoginMove.Settle)
            SetTimer(Silence, new Silent(), platform.Limits.Settle);

        return Stay();
    }

    /// <summary>Puts arrived bytes on the screen.</summary>
    private State<SessionState, Conversation> Take(Event<Conversation> happened)
    {
        if (happened.FsmEvent is not LineNews.Received received)
            return Stay();

        var talk = happened.StateData;
        CancelTimer(Silence);
        talk.Hear(received.Bytes, plan.Time.GetTimestamp());
        return Stay();
    }

    private TimeSpan Elapsed(Conversation talk) => plan.Time.GetElapsedTime(talk.SentAt);

    /// <summary>A line given up long ago cannot speak for the one we have: what it still says is dropped before any state hears it.</summary>
    private StateFunction Current(StateFunction state) => happened =>
        happened.FsmEvent is LineNews news && news.Call != happened.StateData.Call ? Stay() : state(happened);
}
