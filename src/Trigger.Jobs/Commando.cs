using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>
/// Coordinates one run: hands its devices to the sessions, so many at a time, and writes what comes back. Nothing is told to the listener, and no changing
/// step is let go, before the journal holds it. All judgement is in <see cref="RunRules"/> and <see cref="RunCourse"/>; whose turn it is, <see cref="RunQueue"/> knows.
/// </summary>
public sealed class Commando : ReceivePersistentActor, IWithTimers
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly RunId id;
    private readonly IActorRef sessions;
    private readonly TimeProvider time;
    private RunState run = RunState.Empty;
    private Func<int, NetDevice?> deviceAt = _ => null;
    private Func<string, NetDevice?> find = _ => null;
    private CredentialBook? credentials;
    private RunTalks? talks;
    private RunQueue? queue;
    private ChangeDesk? changes;
    private IActorRef listener = ActorRefs.Nobody;
    private IActorRef guard = ActorRefs.Nobody;
    private IActorRef? checking;
    private DateTimeOffset? restsUntil;
    private DateTimeOffset? toldToWait;
    private DeviceFault? stopped;
    private int unwritten;
    private bool finishing;
    private bool leaving;
    private bool broken;

    /// <param name="sessions">Takes <see cref="Reach"/>: the local <see cref="SessionKeeper"/>, or a cluster's region.</param>
    public Commando(RunId id, IActorRef sessions, TimeProvider time)
    {
        (this.id, this.sessions, this.time) = (id, sessions, time);
        Recover<RunEvent>(happened => run = RunRules.Apply(run, happened));
        Recover<RecoveryCompleted>(_ => { });
        Command<RunCommand.Submit>(Submit);
        Command<RunCommand.Resume>(resume => Resume(resume));
        Command<RunCommand.Adopt>(Adopt);
        Command<RunCommand.HandOver>(_ => HandOver());
        Command<RunCommand.Cancel>(cancel => Cancel(cancel.By));
        Command<RunCommand.Pause>(pause => Pause(pause.By));
        Command<RunCommand.Unpause>(unpause => Unpause(unpause.By));
        Command<RunCommand.Approve>(approve => Approve(approve.By));
        Command<RunCommand.Answer>(said => talks?.Answer(run, said));
        Command<RunCommand.Confirm>(asked => DeferAsync((asked, Sender), written => written.Sender.Tell(written.asked)));
        Command<SessionFact>(Hear);
        Command<HealthRound.Over>(Checked);
        Command<Tick>(_ => GoOn());
    }

    private sealed record Tick;

    /// <summary>The journal's name for the run's stream.</summary>
    public static string StreamOf(RunId id) => $"run-{id}";

    public override string PersistenceId => StreamOf(id);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Break($"Event {sequenceNr} of {id} could not be written: {cause.Message}");

    // The kernel would go on after a refusal; but what was to follow the write, a session's leave or the listener's news, would never come.
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Break($"Event {sequenceNr} of {id} was refused by the journal: {cause.Message}");
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Break($"The journal of {id} could not be read: {reason.Message}");

    protected override void PostStop()
    {
        talks?.Withdraw("the end of its run");
        talks?.Trace.End(run);
        base.PostStop();
    }

    private void Submit(RunCommand.Submit order)
    {
        if (run.Spec is not null)
        {
            order.Listener.Tell(new RunNews.Declined($"Run {id} is on record already; 'trigger job resume {id}' finishes it."));
            return;
        }

        listener = order.Listener;
        deviceAt = index => order.Devices[index];
        var byName = order.Find is null ? order.Devices.ToDictionary(device => device.Name, StringComparer.Ordinal) : null;
        find = order.Find ?? byName!.GetValueOrDefault;
        Record(new RunEvent.Accepted(order.Spec));
        Record(RunPlan.Choose(order.Spec.Policy, order.Devices, order.Windows, order.SetOf));
        Begin(order.Credentials);
    }

    private void Adopt(RunCommand.Adopt order)
    {
        // A run that no node has begun with yet is not resumed, but begun.
        var (begun, cancelled) = (!run.Progress.IsEmpty || run.BatchesPassed > 0, run.CancelledBy);
        Resume(new RunCommand.Resume(order.Find, order.Credentials, order.Listener, order.Node), begun);
        if (cancelled is not null && credentials is not null)
            Cancel(cancelled);
    }

    private void Resume(RunCommand.Resume order, bool begun = true)
    {
        if (run.Spec is null || run.FinishedAt is not null)
        {
            order.Listener.Tell(new RunNews.Declined(run.Spec is null ? $"There is no run {id}." : $"Run {id} has finished; nothing is left to resume."));
            return;
        }

        if (credentials is not null)
        {
            order.Listener.Tell(new RunNews.Declined($"Run {id} is under way."));
            return;
        }

        listener = order.Listener;
        deviceAt = index => order.Find(run.Devices[index].Name);
        find = order.Find;
        if (begun)
            Record(new RunEvent.Resumed(time.GetUtcNow(), order.By));
        foreach (var happened in RunRules.Reckon(run))
            Record(happened);
        Begin(order.Credentials);
    }

    private void Begin(CredentialBook who)
    {
        credentials = who;
        guard = Context.ActorOf(Props.Create(() => new CredentialGuard(run.Spec!.AuthFailures)), "guard");
        changes = run.Spec!.Change is null ? null : new ChangeDesk(time, () => run, Record);
        talks = new RunTalks(id, sessions, who, index => deviceAt(index)) { Trace = RunTrace.Of(run, time) };
        queue = new RunQueue(run.Devices, run.Spec!.Policy, [.. run.Windows.Select(window => window.Build())], device => talks.CredentialOf(device)?.Id);
        var began = new RunNews.Began(run.Spec!, run.Devices, run.Open);

        // The first write precedes the first packet: nobody is dialled for a run that the journal does not know.
        unwritten++;
        DeferAsync(began, news =>
        {
            unwritten--;
            listener.Tell(news);
            if (RunNote.OfWaiting(run) is { } waits)
                Turn(waits);
            GoOn();
        });
    }

    /// <summary>All writes of a batch fail together; their listener hears of it once.</summary>
    private void Break(string reason)
    {
        if (!broken)
            listener.Tell(new RunNews.Broke(reason));
        broken = true;
    }

    private void Cancel(string by)
    {
        if (credentials is null || stopped is not null)
            return;

        Record(new RunEvent.CancelRequested(by));
        Stop(new DeviceFault.Cancelled(by));
        GoOn();
    }

    private void Pause(string by)
    {
        if (credentials is not null && stopped is null && run.PausedBy is null)
            Record(new RunEvent.Paused(by, time.GetUtcNow()));
    }

    private void Unpause(string by)
    {
        if (credentials is not null && run.PausedBy is not null)
            Decide(new RunEvent.Unpaused(by, time.GetUtcNow()));
    }

    private void Approve(string by)
    {
        if (credentials is null || stopped is not null)
            return;

        if (RunCourse.WhyNotApprove(run, by) is { } why)
            Turn(why);
        else
            Decide(new RunEvent.Approved(by, time.GetUtcNow()));
    }

    /// <summary>Does whatever the run's state and the time allow now. Called after everything that happens, and harmless when nothing has.</summary>
    private void GoOn()
    {
        if (credentials is null || finishing || broken || unwritten > 0)
            return;

        if (leaving)
        {
            Leave();
            return;
        }

        var now = time.GetUtcNow();
        if (stopped is null && RunCourse.WhyStop(run, now) is { } why)
            Stop(new DeviceFault.Skipped(why));
        if (stopped is null && RunCourse.Standing(run) == RunStanding.Running)
        {
            Launch(now);
            if (stopped is null && talks!.Count == 0 && RunCourse.BatchIsOver(run))
                Settle(now);
        }

        if (talks!.Count == 0 && (stopped is not null ? run.IsOver() : RunCourse.IsDone(run)))
            Finish();
        else
            WakeAt(now);
    }

    private void HandOver()
    {
        leaving = true;
        talks?.Recall();
        GoOn();
    }

    /// <summary>Stops once nobody talks for the run any more and all that was heard is written.</summary>
    private void Leave()
    {
        if (talks!.Count > 0)
            return;

        finishing = true;
        Timers.CancelAll();
        DeferAsync(id, _ => Context.Stop(Self));
    }

    /// <summary>Begins with as many devices as may be talked to now.</summary>
    private void Launch(DateTimeOffset now)
    {
        queue!.AddBatch(run);
        while (stopped is null && talks!.Busy < run.Spec!.Parallel && queue.TryTake(now, out var device))
        {
            var fault = changes?.HasWork(device) != false ? talks.Begin(run, device, guard) : null;
            if (fault is null && !run.IsOver(device))
                continue;

            queue.Free(device);
            Close(device, fault);
            if (RunCourse.WhyStop(run, now) is { } why)
                Stop(new DeviceFault.Skipped(why));
        }
    }

    /// <summary>A batch is over: it rests, is checked, and gets its verdict.</summary>
    private void Settle(DateTimeOffset now)
    {
        if (checking is not null)
            return;

        var policy = run.Spec!.Policy!;
        var last = run.BatchesPassed + 1 == run.Batches;
        if (restsUntil is null)
        {
            restsUntil = last && policy.Checks is null ? now : now + (policy.Rest ?? TimeSpan.Zero);
            if (restsUntil > now)
                Turn(RunNote.OfRest(run, policy.Rest!.Value));
        }

        if (now < restsUntil)
            return;

        if (policy.Checks is not { Count: > 0 } checks)
        {
            Checked(new HealthRound.Over(null));
            return;
        }

        var order = HealthRound.Order.Of(run, checks, [.. talks!.ToCheck(run, policy.CheckOn, find)], credentials!, guard, sessions);
        checking = Context.ActorOf(Props.Create(() => new HealthRound(order)), $"check-{run.BatchesPassed}");
    }

    private void Checked(HealthRound.Over round)
    {
        checking = null;
        if (stopped is not null || !RunCourse.BatchIsOver(run))
            return;

        restsUntil = null;
        var name = RunBatches.Name(run.Spec!.Policy, run.BatchesPassed, run.Batches);
        Decide(new RunEvent.BatchJudged(run.BatchesPassed, round.Unwell is { } found ? $"{name} is not well: {found}" : null, time.GetUtcNow()));
    }

    private void Hear(SessionFact fact)
    {
        if (talks?.Find(fact.Id) is not { } talk)
            return;

        var device = talk.Device;
        switch (fact)
        {
            // A session should not have come so far; one on a node that knows no read-only runs has.
            case SessionFact.WantsLeave asks when RunRules.WhyNot(run, device, asks.Step) is { } forbidden:
                Unsend(device, asks.Step, forbidden);
                talks.Withdraw(talk, "the rules of its run");
                break;

            // It was withdrawn, and will say so.
            case SessionFact.WantsLeave when stopped is not null && changes?.IsHalfway(device) != true:
                break;

            case SessionFact.WantsLeave asks:
                var (leave, session) = (new SessionCommand.Proceed(fact.Id, asks.Step), Sender);
                changes?.LetGo(device, asks.Step);
                Record(new RunEvent.StepStarted(device, asks.Step), () => session.Tell(leave));
                break;

            case SessionFact.Parked f:
                Record(talk.Park(f, time.GetUtcNow()));
                break;

            case SessionFact.Unparked f:
                Record(talk.Unpark(f));
                break;

            case SessionFact.Answered f:
                Record(RunRules.Outcome(device, f.Step, StepVerdict.Accepted, null, f.Output, f.Elapsed, f.InWorkMode, f.Notes));
                break;

            case SessionFact.Refused f when stopped is null && f.Step == run[device].Next && RunRetries.May(run, device, f.Fault):
                talk.Lost = f;
                break;

            case SessionFact.Refused f:
                Record(RunRules.Outcome(device, f.Step, StepVerdict.Refused, f.Fault, f.Output, f.Elapsed, f.InWorkMode, f.Notes));
                break;

            case SessionFact.InDoubt f:
                Record(RunRules.Outcome(device, f.Step, StepVerdict.Unknown, f.Fault, f.Output, f.Elapsed, notes: f.Notes));
                break;

            case SessionFact.WantsMore asks:
                if (asks.Fault is { } unsent)
                    Unsend(device, run[device].Next, unsent, run[device].InWorkMode);
                changes!.Steer(talk, Sender);
                break;

            case SessionFact.Ended f:
                talks.End(talk);
                queue!.Free(device);
                Ended(talk, f.Fault);
                break;
        }

        GoOn();
    }

    private void Ended(RunTalks.Talk talk, DeviceFault? fault)
    {
        var device = talk.Device;
        if (stopped is null && fault is { IsOfCredential: true } && talks!.TryNextCredential(device))
            queue!.AddFirst(device);
        else if (stopped is null && fault is DeviceFault.NodeLost && run[device] is { Doubtful: false, InWorkMode: true } && run[device].Next < run.StepsOf(device))
            queue!.AddFirst(device);
        else if (stopped is null && (talk.Lost?.Fault ?? fault) is { } passing && RunRetries.May(run, device, passing))
            Retry(device, passing);
        else
            GiveUp(talk, fault);
    }

    private void Retry(int device, DeviceFault fault)
    {
        var planned = new RunEvent.RetryPlanned(device, time.GetUtcNow() + RunRetries.Wait(run.Spec!.Policy!, run[device].Retries), fault.Kind, fault.Text);
        Record(planned, () =>
        {
            queue!.AddAt(device, planned.At);
            GoOn();
        });
    }

    private void GiveUp(RunTalks.Talk talk, DeviceFault? fault)
    {
        if (talk.Lost is { } f)
            Record(RunRules.Outcome(talk.Device, f.Step, StepVerdict.Refused, f.Fault, f.Output, f.Elapsed, f.InWorkMode, f.Notes));
        Close(talk.Device, fault);
    }

    /// <summary>The device's session is over: what it did not come to gets its outcome now.</summary>
    private void Close(int device, DeviceFault? fault)
    {
        if (run[device].Doubtful)
        {
            // The session died between our leave and its outcome. Nobody knows whether the bytes went out.
            var step = run[device].Started;
            Record(RunRules.Outcome(device, step, StepVerdict.Unknown, fault ?? new DeviceFault.Interrupted(run.CommandOf(device, step))));
        }

        if (run.IsOver(device))
            return;

        var why = stopped is not null && fault is null or DeviceFault.Cancelled ? stopped! : fault ?? new DeviceFault.EngineFailed("The session ended early and did not say why.");
        Conclude(device, why);
    }

    /// <summary>What the device has left to do is not sent; in a run that decides as results come, something else may be.</summary>
    private void Conclude(int device, DeviceFault why)
    {
        Unsend(device, run[device].Next, why);
        if (changes?.Conclude(device, unsend: stopped is null ? null : () => Unsend(device, run[device].Next, why)) == true)
            queue!.AddFirst(device);
    }

    private void Unsend(int device, int from, DeviceFault why, bool inWorkMode = true)
    {
        foreach (var unsent in RunRules.Unsent(run, device, from, why, inWorkMode).ToArray())
            Record(unsent);
    }

    /// <summary>No further device is begun, and no further step is sent; steps already sent are waited for.</summary>
    private void Stop(DeviceFault why)
    {
        stopped = why;
        if (checking is not null)
            Context.Stop(checking);
        talks!.Withdraw("its run", but: device => changes?.IsHalfway(device) == true);
        var busy = talks.Devices.ToHashSet();
        for (var device = 0; device < run.Devices.Count; device++)
        {
            if (!run.IsOver(device) && !busy.Contains(device))
                Conclude(device, why);
        }
    }

    private void Finish()
    {
        finishing = true;
        Timers.Cancel(nameof(Tick));
        Record(new RunEvent.Finished(time.GetUtcNow()));
    }

    /// <summary>Looks again when time alone changes what may be done.</summary>
    private void WakeAt(DateTimeOffset now)
    {
        var running = stopped is null && RunCourse.Standing(run) == RunStanding.Running;
        var waiting = running && talks!.Busy < run.Spec!.Parallel ? queue!.Wake : null;
        var moments = new[] { stopped is null ? run.Spec!.Policy?.Deadline : null, running ? restsUntil : null, waiting };
        if (moments.Min() is not { } at)
            return;

        Timers.StartSingleTimer(nameof(Tick), new Tick(), TimeSpan.FromTicks(Math.Clamp((at - now).Ticks, Shortest.Ticks, Longest.Ticks)));
        if (waiting > now && talks!.Count == 0 && waiting != toldToWait && RunNote.OfQueue(run, waiting.Value, now) is { } note)
        {
            toldToWait = waiting;
            Turn(note);
        }
    }

    private void Turn(string text) => listener.Tell(new RunNews.Turned(RunCourse.Standing(run), text));

    /// <summary>Records what must be on record before anything that follows from it is begun.</summary>
    private void Decide(RunEvent happened)
    {
        unwritten++;
        Record(happened, () =>
        {
            unwritten--;
            GoOn();
        });
    }

    /// <summary>
    /// Counts an event at once, so that the next decision knows it, and acts on it only when it is written: <paramref name="then"/>, and the listener.
    /// </summary>
    private void Record(RunEvent happened, Action? then = null)
    {
        if (happened is RunEvent.StepEnded outcome && changes is not null)
            happened = changes.Hear(outcome);
        run = RunRules.Apply(run, happened);
        happened = RunTeller.Explained(happened, id, run);
        var deviceDone = happened is RunEvent.StepEnded ended && run.IsOver(ended.Device);
        var counted = run;
        PersistAsync(happened, written =>
        {
            RunTeller.Tell(listener, written, counted, deviceDone, stopped is DeviceFault.Skipped why ? why.Because : null);
            if (written is RunEvent.Finished)
                Context.Stop(Self);
            then?.Invoke();
        });
    }
}
