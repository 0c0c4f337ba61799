using System.Diagnostics;
using Trigger.Kernel.Actor;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>Decides for the devices of a run that changes configurations, and remembers what each of them said meanwhile.</summary>
/// <param name="state">The run as it is now.</param>
/// <param name="record">Counts an event at once, and does what follows from it when it is written.</param>
internal sealed class ChangeDesk(TimeProvider time, Func<RunState> state, Action<RunEvent, Action?> record)
{
    private readonly Dictionary<int, ChangeMemory> memories = [];

    /// <summary>Whether a change was begun on the device: then it is brought to an end, whoever stops the run.</summary>
    public bool IsHalfway(int device) => state()[device].Started >= 0;

    /// <summary>Decides for a device that nobody talks to. False when that was the end of it, and nothing is to be sent.</summary>
    public bool HasWork(int device)
    {
        if (state()[device].Next == state().StepsOf(device))
            record(Next(device, inside: false), null);
        return !state().IsOver(device);
    }

    /// <summary>Tells a conversation what is next, once that is on record. To be asked when every step decided so far has its outcome.</summary>
    public void Steer(RunTalks.Talk talk, IActorRef session)
    {
        var next = Next(talk.Device, inside: true);
        if (next is RunEvent.DeviceChanged)
            memories.Remove(talk.Device);
        record(next, () => session.Tell(next is RunEvent.PartDecided ? new SessionCommand.More(talk.Id, state().StepsLeft(talk.Device)) : new SessionCommand.Enough(talk.Id)));
    }

    /// <summary>Decides what is left to do on a device whose conversation is over.</summary>
    /// <param name="unsend">Puts on record that what was decided is not sent; null when it can be.</param>
    /// <returns>Whether that wants a new conversation; otherwise it is on record what the device was left with.</returns>
    public bool Conclude(int device, Action? unsend)
    {
        while (HasWork(device))
        {
            if (unsend is null)
                return true;

            unsend();
        }

        memories.Remove(device);
        return false;
    }

    /// <summary>A changing step is let go: from now on its clock may run.</summary>
    public void LetGo(int device, int step)
    {
        var part = ChangeLines.PartOf(state(), device, step).Part;
        if (part is ChangePart.Enter or ChangePart.Commit && Memory(device).TrialAt is null)
            memories[device] = Memory(device) with { TrialAt = time.GetUtcNow() };
    }

    /// <summary>Looks at an outcome before it is recorded: an answer that was to show something and does not is a refusal.</summary>
    public RunEvent.StepEnded Hear(RunEvent.StepEnded ended)
    {
        var run = state();
        if (ended.Step != run[ended.Device].Next)
            return ended;

        var (plan, part) = (run.Spec!.Change!, ChangeLines.PartOf(run, ended.Device, ended.Step));
        if (part.Part == ChangePart.Verify && ended.Outcome.Verdict == StepVerdict.Accepted && plan.Verify![ended.Step - part.From].WhyUnwell(ended.Outcome.Output) is { } unwell)
            ended = ended with { Outcome = RunRules.Failed(ended.Outcome, new DeviceFault.NotAsExpected(unwell)) };

        var memory = Memory(ended.Device);
        memories[ended.Device] = ended.Outcome.Verdict == StepVerdict.Accepted ? With(memory, part, ended) : memory with { Why = memory.Why ?? Why(run, ended) };
        return ended;
    }

    private RunEvent Next(int device, bool inside) => ChangeCourse.Next(state(), device, Memory(device), inside, time.GetUtcNow()) switch
    {
        ChangeMove.Send send => new RunEvent.PartDecided(device, send.Part) { Lines = send.Lines, Anew = !inside },
        ChangeMove.Stop stop => new RunEvent.DeviceChanged(device, stop.Ending),
        var other => throw new UnreachableException($"ChangeMove is closed, yet got {other}."),
    };

    private ChangeMemory Memory(int device) => memories.GetValueOrDefault(device, ChangeMemory.None);

    // A part of several commands is one text.
    private static ChangeMemory With(ChangeMemory memory, PartProgress part, RunEvent.StepEnded ended)
    {
        var (first, said) = (ended.Step == part.From, ended.Outcome.Output);
        return part.Part switch
        {
            ChangePart.Copy => memory with { Before = first ? said : memory.Before + said },
            ChangePart.Look => memory with { After = first ? said : memory.After + said },
            ChangePart.Prove => memory with { Proof = first ? said : memory.Proof + said },
            ChangePart.Compare => memory with { Compared = first ? said : memory.Compared + said },
            _ => memory,
        };
    }

    private static string Why(RunState run, RunEvent.StepEnded ended) =>
        ended.Outcome.FaultKind == DeviceFault.NotAsExpected.Word ? ended.Outcome.FaultText!.TrimEnd('.') : $"'{Quoted.Command(run.CommandOf(ended.Device, ended.Step))}' failed ({ended.Outcome.FaultKind})";
}
