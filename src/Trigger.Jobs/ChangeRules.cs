using Trigger.Devices.Platforms;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What a change asks of a platform that it does not have. To be asked before the run is on record, so that everything wrong is named at once and nobody is dialled.</summary>
public static class ChangeRules
{
    /// <summary>Each as the rest of a sentence that begins with the platform; none when the change can be made there.</summary>
    /// <param name="lines">What is to be loaded.</param>
    public static IEnumerable<string> Mistakes(Platform platform, ChangePlan plan, IReadOnlyList<string> lines, bool hidesSecrets)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(lines);
        return platform.Change is not { } change
            ? [$"nobody has written down how it is changed ({platform.Id}.change in hocon/platforms)"]
            : Missing(platform, change, plan).Concat(Wrong(platform, change, plan, lines, hidesSecrets));
    }

    private static IEnumerable<string> Missing(Platform platform, ChangeDialogue change, ChangePlan plan)
    {
        if (platform.Backup.Commands.Count == 0)
            yield return "nobody has written down how its configuration is read, so no copy could be kept of it";
        if (plan.DiffOnly && !(change.Candidate && change.Compare.Count > 0))
            yield return "it has no candidate, so nothing can be compared before it counts (--diff)";
        if (plan.Replace && change.Replace.Count == 0 && change.ReplaceCommit.Count == 0)
            yield return "its whole configuration cannot be replaced from its command line (--replace)";
        if (plan.TrialMinutes is not null && change.Trial is null)
            yield return $"it takes nothing back by itself (--confirm){(change.Reload is null ? "" : "; it can be told to restart: --reload-in")}";
        if (plan.TrialMinutes is { } minutes && change.Trial is { } trial && minutes > trial.Longest)
            yield return $"its longest trial is {trial.Longest} minutes (--confirm)";
        if (plan.ReloadMinutes is not null && change.Reload is null)
            yield return "nobody has written down how its restart is planned and called off (--reload-in)";
        if (plan is { Verify.Count: > 0, TrialMinutes: null, Stays: false } && change is { Undo.Count: 0, UndoIsComputed: false })
            yield return $"it has no way back for a change that fails its verification; {(change.Trial is null ? "" : "use --confirm, or ")}say --no-rollback";
    }

    private static IEnumerable<string> Wrong(Platform platform, ChangeDialogue change, ChangePlan plan, IReadOnlyList<string> lines, bool hidesSecrets)
    {
        if (hidesSecrets && change.UndoIsComputed && plan is { Stays: false, TrialMinutes: null })
            yield return "its way back is worked out from its own answers, in which secrets must not be masked (--hide-secrets)";
        foreach (var check in (plan.Verify ?? []).Where(check => !platform.MayRepeat(check.Command) || !platform.MayRepeat(change.ReadInside + check.Command)))
            yield return $"'{Quoted.Command(check.Command)}' is not known to only read there (--verify)";
        foreach (var line in lines.Where(line => Leads(change, line.Trim())).Distinct())
            yield return $"'{Quoted.Command(line)}' among the lines would end the change in the middle; leave it out";
    }

    // What ends or commits a change is ours to type, when all lines are loaded.
    private static bool Leads(ChangeDialogue change, string line) =>
        change.Commit.Concat(change.Abort).Concat(change.Leave).Concat(change.Undo).Concat(change.Save).Contains(line, StringComparer.OrdinalIgnoreCase)
        || (change.Trial?.Confirm.Contains(line, StringComparer.OrdinalIgnoreCase) ?? false);
}
