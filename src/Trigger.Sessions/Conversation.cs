using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Sessions.Telemetry;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>
/// The conversation a <see cref="DeviceSession"/> is in: the request, the open line, who talks for us, and how far it got. Owned by the session's actor and touched by nothing else.
/// </summary>
public sealed class Conversation
{
    /// <summary>No conversation.</summary>
    internal static readonly Conversation None = new();

    private readonly List<Step> steps = [];

    internal Conversation(SessionCommand.Converse request, Action<SessionFact> tell, NetDevice device, Platform platform, int call, SessionPlan? plan = null)
    {
        Watch = plan is null ? null : new SessionWatch(plan, request, device);
        Request = request;
        steps.AddRange(request.Steps);
        Device = device;
        Platform = platform;
        Call = call;
        WorkDepth = Math.Max(0, platform.Modes.ToList().FindIndex(mode => mode.Name == platform.WorkMode));
        Reader = new PromptReader(platform);
        Report = new Report(request.Id, Watch is { } watch ? fact => { watch.Hear(fact); tell(fact); } : tell, platform, Reader, WorkDepth);
        // A password of the device's own is a credential of its own: its refusal says nothing about the one that all share.
        var credential = device.LoginPassword is null ? request.Credentials.Id : $"{request.Credentials.Id}/{device.Name}";
        Check = new CredentialCheck(request.Guard, credential, device.Name);
        Answering = new AnswerTalk(this);
        Preparing = new PrepareTalk(this);
        OnOpen = request.To is null ? [.. platform.OnOpen, .. request.Init] : [];
    }

    private Conversation()
    {
        Request = null!;
        Device = null!;
        Platform = null!;
        Reader = null!;
        Report = null!;
        Check = null!;
        Answering = null!;
        Preparing = null!;
        OnOpen = [];
    }

    internal SessionCommand.Converse Request { get; }
    internal SessionWatch? Watch { get; }
    internal NetDevice Device { get; }
    internal Platform Platform { get; }
    internal int Call { get; }
    internal int WorkDepth { get; }
    internal PromptReader Reader { get; }
    internal Report Report { get; }
    internal CredentialCheck Check { get; }
    internal AnswerTalk Answering { get; }
    internal PrepareTalk Preparing { get; }

    internal ILine? Line { get; private set; }
    internal LineListener Listener { get; private set; } = null!;
    internal Keyboard Keyboard { get; private set; } = null!;
    internal LoginTalk Login { get; private set; } = null!;
    internal EnableTalk Enable { get; private set; } = null!;

    /// <summary>Index into the platform's on-open commands.</summary>
    internal int Prepared { get; set; }

    /// <summary>Index into the steps: the one under way or next.</summary>
    internal int At { get; set; }

    /// <summary>The step after the one under way was typed as the answer to a question.</summary>
    internal bool NextIsTyped { get; set; }

    /// <summary>Questions that the step under way brought answers to and that were not asked yet.</summary>
    internal List<Question> Expected { get; } = [];

    /// <summary>Whether the time before the next step is over.</summary>
    internal bool Rested { get; set; }

    /// <summary>Whether a step was sent: nobody waits for the first because others wait between two.</summary>
    private bool Began { get; set; }

    /// <summary>Why steps of a steered conversation were dropped and not sent; null when none were.</summary>
    internal DeviceFault? Dropped { get; private set; }

    /// <summary>When the step under way was sent, as the clock's timestamp.</summary>
    internal long SentAt { get; set; }

    /// <summary>When the device last said something, likewise: an answer's time ends there, not where silence has proved it.</summary>
    internal long HeardAt { get; set; }

    /// <summary>Who cancelled, or null.</summary>
    internal string? CancelledBy { get; set; }

    internal ConversationId Id => Request.Id;

    internal Credentials Credentials => Request.Credentials;

    /// <summary>What prepares the terminal: nothing, when a person takes over.</summary>
    internal IReadOnlyList<string> OnOpen { get; }

    internal bool WantsToRaise(int depth) => depth < WorkDepth && Request.To?.Raise != false;

    /// <summary>What is missing to make this move, or null.</summary>
    internal DeviceFault? Missing(LoginMove move) => move switch
    {
        LoginMove.TypeUserName when Credentials.NameOn(Device).Length == 0 => new DeviceFault.CredentialMissing("a user name", "Set TRIGGER_USERNAME."),
        LoginMove.TypePassword when LoginPassword is null => new DeviceFault.CredentialMissing("a password", "Set TRIGGER_PASSWORD, or the row's loginPW."),
        _ => null,
    };

    internal Step Step => steps[At];

    internal Step? NextStep => At + 1 < steps.Count ? steps[At + 1] : null;

    internal bool HasStep => At < steps.Count;

    /// <summary>Takes what the caller of a steered conversation has decided.</summary>
    internal Conversation With(IReadOnlyList<Step> more)
    {
        Dropped = null;
        steps.AddRange(more);
        return this;
    }

    /// <summary>What was given and not sent will not be.</summary>
    internal void Drop(DeviceFault why)
    {
        Dropped = why;
        steps.RemoveRange(At, steps.Count - At);
    }

    /// <summary>How long to wait before the step that comes next.</summary>
    internal TimeSpan Rest => Rested ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(Began ? Request.Interval.Ticks : 0, Step.Wait.Ticks));

    /// <summary>The user name as it is given to the device. A suffix that somebody has typed himself is not put on twice.</summary>
    internal string LoginName => Credentials.NameFor(Device, Platform);

    internal Secret? LoginPassword => Device.LoginPassword ?? Credentials.Password;

    internal Secret? EnablePassword => Device.EnablePassword ?? Credentials.EnablePassword;

    /// <summary>Why nobody can authenticate over SSH; null when it can be tried.</summary>
    internal DeviceFault? CannotAuthenticate() => Missing(new LoginMove.TypeUserName())
        ?? (HasSshCredential ? null : new DeviceFault.CredentialMissing("a password or key", "Set TRIGGER_PASSWORD, or name a key in the credentials file."));

    private bool HasSshCredential => Credentials.UseAgent || Credentials.PrivateKeys.Count > 0 || LoginPassword is not null;

    internal bool InBandLogin => Device.Protocol == Protocol.Telnet || Report.OverTelnet;

    internal void Connect(ILine line, LineListener listener)
    {
        Line = line;
        Listener = listener;
        listener.Attach(line);
        Speak();
    }

    /// <summary>The line has turned out to be Telnet: the login is text on it.</summary>
    internal void FellBack()
    {
        Report.OverTelnet = true;
        Speak();
    }

    private void Speak()
    {
        Keyboard = new Keyboard(Line!, Reader, InBandLogin ? Platform.TelnetLineEnd : Platform.LineEnd);
        Login = new LoginTalk(Platform, Reader, InBandLogin);
    }

    internal void BeginEnable(EnableDialogue dialogue) => Enable = new EnableTalk(Platform, dialogue, Reader, WorkDepth);

    internal void LineGone() => Line = null;

    /// <summary>The session dies in the midst of it.</summary>
    internal void Abort()
    {
        Check.Judge(accepted: null);
        Line?.Abort();
        Watch?.Move(SessionState.Idle);
    }

    /// <summary>Bytes have arrived.</summary>
    internal void Hear(ReadOnlyMemory<byte> bytes, long at)
    {
        HeardAt = at;
        Reader.Read(bytes.Span);
        Listener.Taken(bytes.Length);
    }

    /// <summary>The time before the next step begins. Returns it.</summary>
    internal TimeSpan Pause(TimeSpan rest)
    {
        Rested = true;
        return rest;
    }

    /// <summary>Ends the line: at once, or behind what was typed last.</summary>
    internal void Drop(bool inOrder)
    {
        if (inOrder)
            Line?.Close();
        else
            Line?.Abort();
        LineGone();
    }

    /// <summary>Leaves as the platform does.</summary>
    internal void SayFarewell()
    {
        if (!Report.Holds)
            Report.End(null);

        if (Platform.OnClose.Length == 0)
            Line?.Close();
        else
            Keyboard.Command(Platform.OnClose);
    }

    /// <summary>Tells what is still held back, and lets the line go.</summary>
    internal void Close()
    {
        if (Report.Holds && !Report.Prove(Reader.Answer()))
            Report.Deliver();
        Report.End(null);
        Line?.Close();
    }

    /// <summary>The step under way waits for a person from now on. Returns how long.</summary>
    internal TimeSpan Park(string question, DateTimeOffset now)
    {
        // What the device prints meanwhile does not put it off.
        if (Report.Parking.Question == question)
            return TimeSpan.FromTicks(Math.Max(1, (Report.Parking.Until - now).Ticks));

        Unpark();
        Report.Parking.Ask(Step, question, now + Request.Park!.Value);
        Report.Parked(Step, question, Request.Park.Value);
        return Request.Park.Value;
    }

    /// <summary>What a person said is typed, or the question is taken back.</summary>
    internal void Answer(string? text, string by)
    {
        Report.Unparked(Step, Report.Parking.Settle(text, by, Step.Number));
        if (text is null)
            Keyboard.Press(Platform.AbortKey);
        else
            Keyboard.Line(text);
    }

    /// <summary>A question that was waiting is over without a person.</summary>
    internal void Unpark()
    {
        if (Report.Parking.Question is null)
            return;

        var step = Report.Parking.Step!;
        Report.Parking.Forget();
        Report.Unparked(step, null);
    }

    /// <summary>Nothing typed blindly; but a question that nobody answers is not left standing on the device either. True when the abort key was pressed.</summary>
    internal bool TakeBack(DeviceFault fault)
    {
        Unpark();
        if (fault is not DeviceFault.QuestionAsked || Platform.AbortKey.Length == 0)
            return false;

        Keyboard.Press(Platform.AbortKey);
        return true;
    }

    /// <summary>How long the step under way may take.</summary>
    internal TimeSpan StepLimit => Step.Timeout ?? Platform.Limits.Command;

    internal bool StepMayRepeat => MayRepeat(Step);

    internal void BeginStep()
    {
        Expected.Clear();
        Expected.AddRange(Step.Answers?.Select(answer => answer.Compile()) ?? []);
        Began = true;
        Rested = false;
        Watch?.Sent(Step, StepMayRepeat);
    }

    // What an answer does is not known from the command that asks for it.
    private bool MayRepeat(Step step) => step.Answers is not { Count: > 0 } && Platform.MayRepeat(step.Line);

    /// <summary>What a session in this state is doing with us, as the end of the sentence "the line was lost while …".</summary>
    internal string Doing(SessionState state) => state switch
    {
        SessionState.Dialing => "connecting",
        SessionState.LoggingIn => "logging in",
        SessionState.Enabling => "raising the privilege",
        SessionState.Preparing => "preparing the terminal",
        SessionState.Ready => HasStep ? $"waiting to send '{Step.Line}'" : "waiting for what to send next",
        SessionState.Running => $"waiting for the answer to '{Step.Line}'",
        SessionState.Parked => $"waiting for a person to answer {Quoted.Text(Report.Parking.Question ?? "")}",
        SessionState.HandedOver => "talking",
        _ => "hanging up",
    };

    /// <summary>Time is up and no prompt of the platform is there: is there nothing, or something we cannot read?</summary>
    internal DeviceFault Unprompted(PlatformCatalog platforms, string during)
    {
        var heard = Heard();
        var last = heard.AsSpan(heard.LastIndexOf('\n') + 1).Trim();
        return last.IsEmpty
            ? new DeviceFault.TimedOut(during, Platform.Limits.Login, heard)
            : new DeviceFault.PromptNotRecognised(Platform.Id, heard, platforms.Recognise(new string(last)));
    }

    /// <summary>The step under way will not be answered. Returns why those after it are not sent.</summary>
    internal DeviceFault.Skipped Abandon(DeviceFault fault, TimeSpan elapsed)
    {
        var output = Reader.Answer().Body;
        if (StepMayRepeat)
            Report.Refuse(Step, fault, output, elapsed);
        else
            Report.Doubt(Step, fault, output, elapsed);

        // "reload", "y": both were typed, and what the second confirmed may well be under way.
        if (NextIsTyped && NextStep is { } typed)
            Report.Doubt(typed, fault, "", TimeSpan.Zero);
        return new DeviceFault.Skipped($"the session ended at '{Step.Line}'");
    }

    /// <summary>The caller's own step was the farewell, and the device took it. Returns why those after it are not sent, or null when there are none.</summary>
    internal DeviceFault.Skipped? SaidGoodbye(TimeSpan elapsed)
    {
        Report.Deliver();
        Report.Hold(Step, null, Reader.Answer().Body, Sighting.WorkPrompt(WorkDepth), elapsed);
        Report.Deliver();
        return NextStep is null ? null : new DeviceFault.Skipped($"'{Step.Line}' ended the session");
    }

    /// <summary>The last text received, fit for a person's eyes. Secrets are typed before the prompt and never after it, so only until then can one come back.</summary>
    internal string Heard() => !Report.Began ? Mask(Reader.Tail()) : Shown(Reader.Tail());

    /// <summary>A device's text, without what the steps want hidden.</summary>
    internal string Shown(string text) => steps.Exists(step => step.HideSecrets) ? Platform.Backup.Hide(text) : text;

    internal string Mask(string text) =>
        SecretMask.Hide(text, Device.LoginPassword, Device.EnablePassword, Credentials.Password, Credentials.EnablePassword);

    // A pager that cannot be switched off would take the first letters of a line typed ahead for its keys.
    private bool MayPage => Platform.Samples.Pager.Length > 0 && Platform.Samples.PagingOff.Length == 0;

    /// <summary>
    /// Whether the line after the one under way may be typed at the first sight of the prompt: both only read, so the worst that a false prompt does is that the device
    /// reads ahead, and the echo will tell.
    /// </summary>
    internal bool MayTypeAhead =>
        Platform.Echo && !MayPage && Request.Interval <= TimeSpan.Zero && MayRepeat(Step) && !NextIsTyped && CancelledBy is null
        && (NextStep is { } next ? MayRepeat(next) && !Request.StopAtError && next.Wait <= TimeSpan.Zero : Platform.OnClose.Length > 0 && !Request.Steered);
}
