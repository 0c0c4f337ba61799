using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>
/// What comes next on a device whose configuration is changed, decided from what became of the steps before.
/// <code>
///  Copy ─▶ Mark ─▶ Schedule ─▶ Enter ─▶ Load ─▶ Compare ─▶ Commit ─▶ (Look) ─▶ Verify ─▶ Confirm ─▶ Unschedule ─▶ Leave ─▶ Save ─▶ Tidy ─▶ changed
///                                 │       │        │          │                  │          │
///                                 └───────┴─ Abort ┴──────────┘                  └── Undo ──┘
///                                              ▼                                       ▼
///                                          unchanged                              Leave ─▶ Prove ─▶ rolled back
/// </code>
/// Pure. A decision is on record before it is acted on, so a restart goes by the decisions and not by this. When the conversation is gone, only that is done in a new one what means the
/// same there: a candidate is gone with its session, what is on trial is left to its clock, and what is taken back is taken back by name or not at all.
/// </summary>
public static class ChangeCourse
{
    private static readonly ChangePart[] WithCandidate =
    [
        ChangePart.Copy, ChangePart.Mark, ChangePart.Schedule, ChangePart.Enter, ChangePart.Load, ChangePart.Compare, ChangePart.Commit, ChangePart.Verify, ChangePart.Confirm,
        ChangePart.Unschedule, ChangePart.Leave, ChangePart.Save, ChangePart.Tidy,
    ];

    private static readonly ChangePart[] AtOnce =
    [
        ChangePart.Copy, ChangePart.Mark, ChangePart.Schedule, ChangePart.Enter, ChangePart.Load, ChangePart.Commit, ChangePart.Look, ChangePart.Compare, ChangePart.Verify,
        ChangePart.Confirm, ChangePart.Unschedule, ChangePart.Leave, ChangePart.Save, ChangePart.Tidy,
    ];

    // So much of a trial's time is left for the confirmation to arrive: one that comes late confirms nothing, and would be believed.
    private const double Usable = 0.9;

    /// <summary>What comes next, once every step decided so far has its outcome.</summary>
    /// <param name="inside">Whether the conversation in which it happened goes on.</param>
    public static ChangeMove Next(RunState run, int device, ChangeMemory memory, bool inside, DateTimeOffset now)
    {
        var at = new ChangeStanding(run, device, memory, inside, now);
        return at.Last is not { } last ? new ChangeMove.Send(ChangePart.Copy) : inside ? Inside(at, last.Part) : Outside(at, last.Part);
    }

    /// <summary>Whether the device was brought to where configuration lines are typed, or may have been.</summary>
    public static bool HasEntered(RunState run, int device) => run[device].Parts.Any(part => part.Part == ChangePart.Enter);

    /// <summary>What a restart puts on record: what stood before the end of a conversation and does not mean the same in a new one is not sent.</summary>
    internal static IEnumerable<RunEvent> Reckon(RunState run, int device)
    {
        var progress = run[device];
        if (progress.Next >= run.StepsOf(device) || progress.Ending is not null)
            return [];

        var at = new ChangeStanding(run, device, ChangeMemory.None, Inside: false, default);
        var onTrial = at is { Trial: true, Counts: true } && !at.Went(ChangePart.Confirm);
        return progress.InWorkMode && !onTrial && !HasEntered(run, device) || (progress.InWorkMode && !onTrial && at.IsWhole)
            ? []
            : RunRules.Unsent(run, device, progress.Next, new DeviceFault.Skipped("the engine stopped in the middle of the change, and the session with it"));
    }

    private static ChangeMove Inside(ChangeStanding at, ChangePart last)
    {
        var went = at.Went(last);
        return last switch
        {
            ChangePart.Copy or ChangePart.Mark or ChangePart.Schedule => went ? Follow(at, last) : Quit(at),
            ChangePart.Compare when at.Recipe.Candidate && went && (at.Plan.DiffOnly || at.NothingToDo) => new ChangeMove.Send(ChangePart.Abort),
            ChangePart.Compare when !at.Recipe.Candidate => Follow(at, last),
            ChangePart.Enter or ChangePart.Load or ChangePart.Compare or ChangePart.Commit => went ? Follow(at, last) : GiveUp(at),
            ChangePart.Look when !at.IsWhole || !at.WentOrNeedNot(ChangePart.Commit) || (at.Was(ChangePart.Verify) && !at.Went(ChangePart.Verify)) => Undo(at),
            ChangePart.Look => Follow(at, last),
            ChangePart.Verify or ChangePart.Confirm => went ? Follow(at, last) : Undo(at),
            ChangePart.Unschedule when !went || !at.Counts || at.Was(ChangePart.Undo) => Quit(at),
            ChangePart.Unschedule or ChangePart.Save or ChangePart.Tidy => Follow(at, last),
            ChangePart.Leave => at.Was(ChangePart.Undo) ? Prove(at) : !at.WentOrNeedNot(ChangePart.Verify) || (at.Trial && !at.Went(ChangePart.Confirm)) ? Quit(at) : Follow(at, last),
            ChangePart.Abort => at.Recipe.Candidate ? Quit(at) : Undo(at),
            ChangePart.Undo when went && !at.Progress.InWorkMode && at.Has(ChangePart.Leave) => new ChangeMove.Send(ChangePart.Leave),
            ChangePart.Undo when went => Prove(at),
            _ => Quit(at),
        };
    }

    private static ChangeMove Outside(ChangeStanding at, ChangePart last) => at switch
    {
        _ when !HasEntered(at.Run, at.Device) && !at.Went(last) => Quit(at),
        // What was read before a crash is in the answers kept, and not in our memory.
        { Memory.Before: null } when !HasEntered(at.Run, at.Device) => new ChangeMove.Send(ChangePart.Copy),
        _ when !HasEntered(at.Run, at.Device) => Follow(at, last),
        { Counts: false } => Quit(at),
        _ when at.Was(ChangePart.Undo) => Quit(at),
        { Trial: true } when !at.Went(ChangePart.Confirm) => Quit(at),
        { IsWhole: true } when !at.Was(ChangePart.Verify) && at.Has(ChangePart.Verify) => new ChangeMove.Send(ChangePart.Verify),
        { IsWhole: true } when at.WentOrNeedNot(ChangePart.Verify) => Finish(at),
        _ => Undo(at),
    };

    /// <summary>The first part behind this one that has something to type.</summary>
    private static ChangeMove Follow(ChangeStanding at, ChangePart last)
    {
        var order = at.Recipe.Candidate ? WithCandidate : AtOnce;
        foreach (var part in order.Skip(Array.IndexOf(order, last) + 1).Where(at.Has))
        {
            if (part == ChangePart.Confirm && !IsInTime(at))
                return Quit(at with { Memory = at.Memory with { Why = at.Memory.Why ?? "the trial was all but over when it could have been confirmed" } });
            // What was read is read again when a crash has taken it from our memory; what was kept on the device is there.
            if ((part == ChangePart.Leave && at.Progress.InWorkMode) || (part is ChangePart.Mark or ChangePart.Schedule && at.Went(part)))
                continue;
            return new ChangeMove.Send(part);
        }

        return new ChangeMove.Stop(at.Ending());
    }

    private static bool IsInTime(ChangeStanding at) =>
        at.Memory.TrialAt is { } began && at.Now - began < TimeSpan.FromMinutes(at.Plan.TrialMinutes!.Value) * Usable;

    /// <summary>What is left to do for a change that counts and is well, in a new conversation.</summary>
    private static ChangeMove Finish(ChangeStanding at)
    {
        foreach (var part in new[] { ChangePart.Unschedule, ChangePart.Save, ChangePart.Tidy }.Where(part => at.Has(part) && !at.Was(part)))
        {
            if (part != ChangePart.Unschedule && !at.WentOrNeedNot(ChangePart.Unschedule))
                break; // It will restart, and must then come up with what it had.
            return new ChangeMove.Send(part);
        }

        return new ChangeMove.Stop(at.Ending());
    }

    /// <summary>It failed before all of it counted.</summary>
    private static ChangeMove GiveUp(ChangeStanding at) => !at.Progress.InWorkMode && !at.Was(ChangePart.Abort) ? new ChangeMove.Send(ChangePart.Abort) : at.Recipe.Candidate ? Quit(at) : Undo(at);

    /// <summary>Takes back what counts, where there is a way.</summary>
    private static ChangeMove Undo(ChangeStanding at)
    {
        if (at.Was(ChangePart.Undo) || !at.Counts || at.Plan.Stays)
            return Depart(at);
        if (at.Recipe.UndoIsComputed)
            return Compute(at);
        return at.Has(ChangePart.Undo) && (at.IsWhereItCommitted || (at.Recipe.UndoesFromAnywhere && !at.Trial)) ? new ChangeMove.Send(ChangePart.Undo) : Depart(at);
    }

    private static ChangeMove Compute(ChangeStanding at)
    {
        if (at is { Inside: true, Memory.After: null } && !at.Was(ChangePart.Look) && at.Has(ChangePart.Look))
            return new ChangeMove.Send(ChangePart.Look);
        if (at.Memory is not { Before: { } before, After: { } after } || at.Recipe.Same(before, after))
            return Depart(at);

        var back = ConfigInverse.Lines(at.Recipe.LinesOf(before), at.Recipe.LinesOf(after), at.Recipe.Single);
        return new ChangeMove.Send(ChangePart.Undo, [.. at.Recipe.Of(ChangePart.Enter), .. back, .. at.Recipe.Of(ChangePart.Commit)]);
    }

    private static ChangeMove Prove(ChangeStanding at) => at.Has(ChangePart.Prove) && at.Memory.Before is not null && !at.Was(ChangePart.Prove) ? new ChangeMove.Send(ChangePart.Prove) : Quit(at);

    /// <summary>Leaves the configuration mode before the end.</summary>
    private static ChangeMove Depart(ChangeStanding at) =>
        at.Inside && !at.Progress.InWorkMode && at.Has(ChangePart.Leave) && !at.Was(ChangePart.Leave) && at.Recipe.Of(ChangePart.Leave) is [_] ? new ChangeMove.Send(ChangePart.Leave) : Quit(at);

    /// <summary>Cleans up what would harm or linger, and ends. A planned restart is called off only when the device is known to be as it was.</summary>
    private static ChangeMove Quit(ChangeStanding at)
    {
        var ending = at.Ending();
        var known = ending.End is ChangeEnd.Unchanged or ChangeEnd.RolledBack && (at.Progress.InWorkMode || !at.Inside);
        if (known && at.HadEffect(ChangePart.Schedule) && !at.Was(ChangePart.Unschedule))
            return new ChangeMove.Send(ChangePart.Unschedule);
        return known && at.Went(ChangePart.Mark) && at.Has(ChangePart.Tidy) && !at.Was(ChangePart.Tidy) ? new ChangeMove.Send(ChangePart.Tidy) : new ChangeMove.Stop(ending);
    }
}
