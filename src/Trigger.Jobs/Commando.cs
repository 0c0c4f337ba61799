using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>
/// Coordinates one run: hands its devices to the sessions, so many at a time, and writes what comes back. Nothing is told to the listener, and no changing
/// step is let go, before the journal holds it. All judgement is in <see cref="RunRules"/>.
/// </summary>
public sealed class Commando : ReceivePersistentActor
{
    private readonly RunId id;
    private readonly IActorRef sessions;
    private readonly TimeProvider time;
    private readonly Dictionary<ConversationId, Attempt> talking = [];
    private RunState run = RunState.Empty;
    private Func<int, NetDevice?> deviceAt = _ => null;
    private CredentialBook? credentials;
    private IActorRef listener = ActorRefs.Nobody;
    private IActorRef guard = ActorRefs.Nobody;
    private int next;
    private DeviceFault? stopped;
    private bool finishing;
    private bool broken;

    /// <param name="sessions">Takes <see cref="Reach"/>: the local <see cref="SessionKeeper"/>, or a cluster's region.</param>
    public Commando(RunId id, IActorRef sessions, TimeProvider time)
    {
        this.id = id;
        this.sessions = sessions;
        this.time = time;

        Recover<RunEvent>(happened => run = RunRules.Apply(run, happened));
        Recover<RecoveryCompleted>(_ => { });
        Command<RunCommand.Submit>(Submit);
        Command<RunCommand.Resume>(Resume);
        Command<RunCommand.Cancel>(cancel => Cancel(cancel.By));
        Command<SessionFact>(Hear);
    }

    /// <summary>A conversation with a device, and which of the credentials that fit the device it is held with.</summary>
    private readonly record struct Attempt(int Device, int Credential);

    /// <summary>The journal's name for the run's stream.</summary>
    public static string StreamOf(RunId id) => $"run-{id}";

    public override string PersistenceId => StreamOf(id);

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
        foreach (var (conversation, attempt) in talking)
            Withdraw(conversation, attempt.Device, "the end of its run");
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
        Record(new RunEvent.Accepted(order.Spec));
        Record(new RunEvent.DevicesChosen([.. order.Devices.Select(device => new ChosenDevice(device.Name, device.Platform))]));
        Begin(order.Credentials);
    }

    private void Resume(RunCommand.Resume order)
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
        Record(new RunEvent.Resumed(time.GetUtcNow(), order.By));
        foreach (var happened in RunRules.Reckon(run))
            Record(happened);
        Begin(order.Credentials);
    }

    private void Begin(CredentialBook who)
    {
        credentials = who;
        guard = Context.ActorOf(Props.Create(() => new CredentialGuard(run.Spec!.AuthFailures)), "guard");
        var began = new RunNews.Began(run.Spec!, run.Devices, run.Open);

        // The first write precedes the first packet: nobody is dialled for a run that the journal does not know.
        DeferAsync(began, news =>
        {
            listener.Tell(news);
            Launch();
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
    }

    /// <summary>Begins with as many devices as may be talked to now; ends the run when none is left.</summary>
    private void Launch()
    {
        while (stopped is null && talking.Count < run.Spec!.Parallel && next < run.Devices.Count)
        {
            var device = next++;
            var from = run[device].Next;
            if (from >= run.Steps)
                continue;

            if (deviceAt(device) is not { } target)
                Close(device, new DeviceFault.EngineFailed($"{run.Devices[device].Name} is no longer in the inventory."));
            else if (!Talk(new Attempt(device, 0), from, target))
                Close(device, new DeviceFault.CredentialMissing("a user name and a password", "None of the stored credentials is for it; see 'trigger credentials list'."));
        }

        if (talking.Count == 0 && run.Open == 0 && !finishing)
        {
            finishing = true;
            Record(new RunEvent.Finished(time.GetUtcNow()));
        }
    }

    /// <summary>False when no credential is left to try.</summary>
    private bool Talk(Attempt attempt, int from, NetDevice target)
    {
        if (credentials!.For(target) is var fitting && attempt.Credential >= fitting.Count)
            return false;

        var spec = run.Spec!;
        var steps = new Step[spec.Commands.Count - from];
        for (var step = 0; step < steps.Length; step++)
            steps[step] = new Step(from + step, spec.Commands[from + step], spec.Timeout);

        var conversation = new ConversationId(attempt.Credential == 0 ? $"{id}/{attempt.Device}" : $"{id}/{attempt.Device}/{attempt.Credential}");
        talking.Add(conversation, attempt);
        sessions.Tell(new Reach(
            target, new SessionCommand.Converse(conversation, steps, fitting[attempt.Credential], guard, spec.StopOnError) { Language = spec.Language }));
        return true;
    }

    private void Hear(SessionFact fact)
    {
        if (!talking.TryGetValue(fact.Id, out var attempt))
            return;

        var device = attempt.Device;
        switch (fact)
        {
            case SessionFact.WantsLeave asks:
                var leave = new SessionCommand.Proceed(fact.Id, asks.Step);
                var session = Sender;
                Record(new RunEvent.StepStarted(device, asks.Step), () => session.Tell(leave));
                break;

            case SessionFact.Answered f:
                End(device, RunRules.Outcome(device, f.Step, StepVerdict.Accepted, null, f.Output, f.Elapsed, f.InWorkMode));
                break;

            case SessionFact.Refused f:
                End(device, RunRules.Outcome(device, f.Step, StepVerdict.Refused, f.Fault, f.Output, f.Elapsed, f.InWorkMode));
                break;

            case SessionFact.InDoubt f:
                End(device, RunRules.Outcome(device, f.Step, StepVerdict.Unknown, f.Fault, f.Output, f.Elapsed));
                break;

            case SessionFact.Ended f:
                talking.Remove(fact.Id);
                if (!TryNext(attempt, f.Fault))
                    Close(device, f.Fault);
                Launch();
                break;
        }
    }

    /// <summary>A refused login costs one attempt with one credential; the next that fits the device gets its own.</summary>
    private bool TryNext(Attempt attempt, DeviceFault? fault)
    {
        if (fault is not (DeviceFault.LoginRefused or DeviceFault.CredentialSuspended or DeviceFault.CredentialMissing) || stopped is not null)
            return false;

        // A password of the device's own goes before all of them: it would be shown a second time.
        return deviceAt(attempt.Device) is { LoginPassword: null } target && Talk(attempt with { Credential = attempt.Credential + 1 }, run[attempt.Device].Next, target);
    }

    private void End(int device, RunEvent.StepEnded ended)
    {
        Record(ended);
        if (stopped is null && RunRules.StopsRun(run, ended.Outcome.Verdict))
            Stop(new DeviceFault.Skipped($"the run stops at the first error, and {run.Devices[device].Name} had one"));
    }

    /// <summary>The device's session is over: what it did not come to gets its outcome now.</summary>
    private void Close(int device, DeviceFault? fault)
    {
        if (run[device].Doubtful)
        {
            // The session died between our leave and its outcome. Nobody knows whether the bytes went out.
            var step = run[device].Started;
            End(device, RunRules.Outcome(device, step, StepVerdict.Unknown, fault ?? new DeviceFault.Interrupted(run.Spec!.Commands[step])));
        }

        if (run[device].Next >= run.Steps)
            return;

        var why = stopped is not null && fault is null or DeviceFault.Cancelled ? stopped! : fault ?? new DeviceFault.EngineFailed("The session ended early and did not say why.");
        foreach (var unsent in RunRules.Unsent(run, device, run[device].Next, why).ToArray())
            Record(unsent);

        if (stopped is null && RunRules.StopsRun(run, StepVerdict.Refused))
            Stop(new DeviceFault.Skipped($"the run stops at the first error, and {run.Devices[device].Name} had one"));
    }

    /// <summary>No further device is begun, and no further step is sent; steps already sent are waited for.</summary>
    private void Stop(DeviceFault why)
    {
        stopped = why;
        foreach (var (conversation, attempt) in talking)
            Withdraw(conversation, attempt.Device, "its run");

        for (; next < run.Devices.Count; next++)
        {
            foreach (var unsent in RunRules.Unsent(run, next, run[next].Next, why).ToArray())
                Record(unsent);
        }

        Launch();
    }

    private void Withdraw(ConversationId conversation, int device, string by)
    {
        if (deviceAt(device) is { } target)
            sessions.Tell(new Reach(target, new SessionCommand.Cancel(conversation, by)));
    }

    /// <summary>
    /// Counts an event at once, so that the next decision knows it, and acts on it only when it is written: <paramref name="then"/>, and the listener.
    /// </summary>
    private void Record(RunEvent happened, Action? then = null)
    {
        run = RunRules.Apply(run, happened);
        happened = happened with { Run = id };
        if (happened is RunEvent.StepEnded step)
            happened = step with { Place = new StepPlace(run.Devices[step.Device], run.Spec!.Commands[step.Step]) };
        var deviceDone = happened is RunEvent.StepEnded ended && run[ended.Device].Next == run.Steps;
        var totals = (run.Accepted, run.Refused, run.Unknown);
        PersistAsync(happened, written =>
        {
            then?.Invoke();
            Tell(written, deviceDone, totals);
        });
    }

    private void Tell(RunEvent written, bool deviceDone, (int Accepted, int Refused, int Unknown) totals)
    {
        switch (written)
        {
            case RunEvent.StepEnded ended:
                var device = run.Devices[ended.Device];
                listener.Tell(new RunNews.StepEnded(device, ended.Step, run.Spec!.Commands[ended.Step], ended.Outcome));
                if (deviceDone)
                    listener.Tell(new RunNews.DeviceEnded(device));
                break;

            case RunEvent.Finished:
                listener.Tell(new RunNews.Finished(totals.Accepted, totals.Refused, totals.Unknown));
                Context.Stop(Self);
                break;

            default:
                break;
        }
    }
}
