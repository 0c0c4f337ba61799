namespace Trigger.Jobs;

/// <summary>How far a change is on one device, read from its outcomes. Pure.</summary>
/// <param name="Inside">Whether the conversation in which all this happened goes on.</param>
internal sealed record ChangeStanding(RunState Run, int Device, ChangeMemory Memory, bool Inside, DateTimeOffset Now)
{
    private static readonly StepVerdict[] WithEffect = [StepVerdict.Accepted, StepVerdict.Unknown];

    public ChangePlan Plan => Run.Spec!.Change!;

    public ChangeRecipe Recipe => Plan.Recipes[Run.Devices[Device].Platform];

    public DeviceProgress Progress => Run[Device];

    public PartProgress? Last => Progress.Parts.IsEmpty ? null : Progress.Parts[^1];

    public bool Trial => Plan.TrialMinutes is not null;

    public bool Was(ChangePart part) => Progress.Parts.Any(decided => decided.Part == part);

    /// <summary>Whether all steps of the part, when it was decided the last time, were accepted.</summary>
    public bool Went(ChangePart part) => Was(part) && Of(part) is var verdicts && verdicts.Count == Find(part).Count && verdicts.All(verdict => verdict == StepVerdict.Accepted);

    /// <summary>Whether it went well or there was nothing of it to do.</summary>
    public bool WentOrNeedNot(ChangePart part) => Went(part) || (!Was(part) && !Has(part));

    public bool InDoubt(ChangePart part) => Was(part) && Of(part).Contains(StepVerdict.Unknown);

    /// <summary>Whether a line of it had an effect, or may have had one. What the device refused had none.</summary>
    public bool HadEffect(ChangePart part) => Was(part) && Of(part).Any(WithEffect.Contains);

    /// <summary>Whether there is anything to type for the part.</summary>
    public bool Has(ChangePart part) => part switch
    {
        ChangePart.Load => true,
        ChangePart.Verify => Plan.Verify is { Count: > 0 },
        _ => Recipe.Of(part).Count > 0,
    };

    /// <summary>Whether the comparison showed that there is nothing to change.</summary>
    public bool NothingToDo => Recipe.Candidate ? Memory.Compared is { } compared && Recipe.ShowsNothing(compared) : IsWhole && ShowsNoEffect;

    private bool ShowsNoEffect => !Trial && Went(ChangePart.Look) && Memory is { Before: { } before, After: { } after } && Recipe.Same(before, after);

    /// <summary>Whether the whole of the change has come to count, as far as can be seen.</summary>
    public bool IsWhole => Recipe.Candidate ? Went(ChangePart.Commit) : Went(ChangePart.Load);

    /// <summary>Whether something of it may count: then it is not enough to go.</summary>
    public bool Counts => Recipe.Candidate ? HadEffect(ChangePart.Commit) : HadEffect(ChangePart.Load) || (Trial && HadEffect(ChangePart.Enter));

    /// <summary>Whether we still talk in the conversation in which the change came to count: only there does "the commit before" mean what it says.</summary>
    public bool IsWhereItCommitted => Inside && Was(ChangePart.Commit) && Find(ChangePart.Commit) is var commit && commit.Life == Run.Lives
        && !Progress.Parts.Any(part => part.From >= commit.End && part.Anew);

    /// <summary>By when a clock that runs on the device has run out, at the latest: whatever was begun was begun before now.</summary>
    public DateTimeOffset? BackBy =>
        Trial && !Went(ChangePart.Confirm) && !Went(ChangePart.Undo) ? Now + TimeSpan.FromMinutes(Plan.TrialMinutes!.Value)
        : HadEffect(ChangePart.Schedule) && !Went(ChangePart.Unschedule) ? Now + TimeSpan.FromMinutes(Plan.ReloadMinutes!.Value)
        : null;

    /// <summary>What the device would be left with if nothing more were done.</summary>
    public ChangeEnding Ending()
    {
        var (end, why) = Fate();
        var counts = end is ChangeEnd.TimerUndoes or ChangeEnd.Unverified or ChangeEnd.InDoubt;
        var back = counts ? BackBy : null;
        // A planned restart takes an unverified change back as surely as a trial's end does.
        if (end == ChangeEnd.Unverified && back is not null)
            end = ChangeEnd.TimerUndoes;
        var unwanted = end == ChangeEnd.Unchanged && !Plan.DiffOnly && !NothingToDo;
        return new ChangeEnding(end, Memory.Why is { } first && end != ChangeEnd.Changed ? Joined(first, why) : why) { BackBy = back, Well = !Progress.Failed && end is ChangeEnd.Unchanged or ChangeEnd.Changed && !unwanted };
    }

    private static string Joined(string first, string why) => why.Length == 0 ? first : $"{first}; {why}";

    private (ChangeEnd End, string Why) Fate() => this switch
    {
        _ when Went(ChangePart.Undo) => Proven(),
        _ when InDoubt(ChangePart.Undo) => (ChangeEnd.InDoubt, "whether it was taken back is not known"),
        { Counts: false } => (ChangeEnd.Unchanged, NothingToDo ? "there was nothing to change" : Progress.Failed && Memory.Why is null ? "it did not come so far" : ""),
        { Recipe.Candidate: false, ShowsNoEffect: true } => (ChangeEnd.Unchanged, "it had all of it before"),
        _ when InDoubt(ChangePart.Confirm) => (ChangeEnd.InDoubt, "whether it was confirmed is not known"),
        { Trial: true } when Went(ChangePart.Confirm) => (ChangeEnd.Changed, Kept()),
        { Trial: true } when InDoubt(ChangePart.Commit) || InDoubt(ChangePart.Enter) => (ChangeEnd.InDoubt, "whether the trial began is not known"),
        { Trial: true } => (ChangeEnd.TimerUndoes, "it was not confirmed"),
        // Without a candidate the commit only leaves a mode, and that is over with its conversation.
        _ when (Recipe.Candidate && InDoubt(ChangePart.Commit)) || InDoubt(ChangePart.Load) => (ChangeEnd.InDoubt, "whether all of it was carried out is not known"),
        { IsWhole: false } => (ChangeEnd.InDoubt, "a part of it counts"),
        _ when WentOrNeedNot(ChangePart.Verify) => (ChangeEnd.Changed, Kept()),
        _ => Was(ChangePart.Undo) && Progress.Lines.Length > 0 && HadEffect(ChangePart.Undo) ? (ChangeEnd.InDoubt, "only a part of it was taken back") : (ChangeEnd.Unverified, WhyItStays()),
    };

    private (ChangeEnd End, string Why) Proven() => this switch
    {
        { Memory: { Before: { } before, Proof: { } proof } } => Recipe.Same(before, proof) ? (ChangeEnd.RolledBack, "") : (ChangeEnd.InDoubt, "it was taken back, and the configuration is not what it was before"),
        _ => (ChangeEnd.RolledBack, "this was not held against the copy from before"),
    };

    private string WhyItStays() =>
        Plan.Stays ? "it stays, as was asked" : Was(ChangePart.Undo) ? "it could not be taken back" : !Has(ChangePart.Undo) && !Recipe.UndoIsComputed ? "there is no way back" : "it was not taken back, because the session in which that could be done is gone";

    private string Kept() => Was(ChangePart.Save) && !Went(ChangePart.Save) ? "it may not outlast a restart, because it was not saved" : "";

    private PartProgress Find(ChangePart part) => Progress.Parts.Last(decided => decided.Part == part);

    private List<StepVerdict> Of(ChangePart part)
    {
        var (from, to) = (Find(part).From, Math.Min(Find(part).End, Progress.Outcomes.Length));
        return [.. Enumerable.Range(from, Math.Max(0, to - from)).Select(step => Progress.Outcomes[step])];
    }
}
