using System.Globalization;
using System.Text.Json.Serialization;
using Trigger.Devices.Platforms;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What is typed on the devices of one platform for each part of a change; the lines to load are the run's own. On record with the run, so that a restart types the same.</summary>
public sealed record ChangeRecipe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A part that is missing has nothing to type, and is passed over.</summary>
    public required IReadOnlyDictionary<ChangePart, IReadOnlyList<string>> Lines { get; init; }

    /// <inheritdoc cref="ChangeDialogue.Candidate"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Candidate { get; init; }

    /// <inheritdoc cref="ChangeDialogue.UndoIsComputed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool UndoIsComputed { get; init; }

    /// <inheritdoc cref="ChangeDialogue.UndoesFromAnywhere"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool UndoesFromAnywhere { get; init; }

    /// <inheritdoc cref="ChangeDialogue.ReadInside"/>
    public string? ReadInside { get; init; }

    /// <summary>A pattern: what it matches in the answer to a comparison is no difference.</summary>
    public string? Nothing { get; init; }

    /// <summary>A pattern: lines of a configuration that differ each time although nothing was changed.</summary>
    public string? Volatile { get; init; }

    /// <inheritdoc cref="ChangeDialogue.Single"/>
    public string? Single { get; init; }

    /// <summary>What to answer when one of these commands makes the device ask.</summary>
    public IReadOnlyList<StepAnswer>? Answers { get; init; }

    /// <summary>The recipe for a change that is called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">The platform does not say how it is changed.</exception>
    public static ChangeRecipe Of(Platform platform, ChangePlan plan, string name)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(plan);
        var change = platform.Change ?? throw new ArgumentException($"{platform.Id} does not say how it is changed.", nameof(platform));
        var trial = plan.TrialMinutes is null ? null : change.Trial;
        var lines = new Dictionary<ChangePart, IReadOnlyList<string>>();
        Put(ChangePart.Copy, platform.Backup.Commands);
        // A trial has its own way back, and what is only looked at needs none.
        var marks = !plan.DiffOnly && !plan.Stays && trial is null;
        Put(ChangePart.Mark, marks ? change.Mark : []);
        Put(ChangePart.Schedule, plan.ReloadMinutes is null ? [] : change.Reload?.Schedule ?? []);
        Put(ChangePart.Enter, [.. trial is { Enter.Count: > 0 } ? trial.Enter : change.Enter, .. plan.Replace ? change.Replace : []]);
        Put(ChangePart.Compare, change.Candidate || marks ? change.Compare : []);
        Put(ChangePart.Commit, trial is { Commit.Count: > 0 } ? trial.Commit : plan.Replace && change.ReplaceCommit.Count > 0 ? change.ReplaceCommit : change.Commit);
        Put(ChangePart.Look, change.Candidate ? [] : platform.Backup.Commands);
        Put(ChangePart.Confirm, trial?.Confirm ?? []);
        Put(ChangePart.Unschedule, plan.ReloadMinutes is null ? [] : change.Reload?.Cancel ?? []);
        Put(ChangePart.Leave, change.Leave);
        Put(ChangePart.Save, plan.Unsaved ? [] : change.Save);
        Put(ChangePart.Tidy, marks ? change.Tidy : []);
        Put(ChangePart.Abort, change.Candidate ? change.Abort : change.Commit);
        Put(ChangePart.Undo, trial is not null ? trial.Cancel : plan.Stays ? [] : change.Undo);
        Put(ChangePart.Prove, platform.Backup.Commands);
        var answers = change.Answers.Concat(plan.ReloadMinutes is null ? [] : change.Reload?.Answers ?? []).Select(answer => new StepAnswer(answer.Asked, answer.Answer)).ToArray();
        return new ChangeRecipe
        {
            Lines = lines,
            Candidate = change.Candidate,
            UndoIsComputed = change.UndoIsComputed && trial is null && !plan.Stays,
            UndoesFromAnywhere = marks && change.UndoesFromAnywhere,
            ReadInside = change.ReadInside.Length == 0 ? null : change.ReadInside,
            Nothing = change.Nothing?.ToString(),
            Single = change.Single?.ToString(),
            Volatile = platform.Backup.Volatile?.ToString(),
            Answers = answers.Length == 0 ? null : answers,
        };

        void Put(ChangePart part, IReadOnlyList<string> commands)
        {
            if (commands.Count > 0)
                lines.Add(part, [.. commands.Select(command => Filled(command, name, (part == ChangePart.Schedule ? plan.ReloadMinutes : plan.TrialMinutes) ?? 0))]);
        }
    }

    /// <summary>What is typed for a part of which the run has no lines of its own; none when it is passed over.</summary>
    public IReadOnlyList<string> Of(ChangePart part) => Lines.GetValueOrDefault(part) ?? [];

    /// <summary>Whether an answer to the comparison shows no difference.</summary>
    public bool ShowsNothing(string compared) => Kept(compared, Nothing).Count == 0;

    /// <summary>Whether two copies of a configuration say the same, but for what differs each time.</summary>
    public bool Same(string before, string after) => Kept(before, Volatile).SequenceEqual(Kept(after, Volatile), StringComparer.Ordinal);

    /// <summary>The lines of a configuration that count.</summary>
    public IReadOnlyList<string> LinesOf(string configuration) => Kept(configuration, Volatile);

    private static List<string> Kept(string text, string? without)
    {
        var pattern = without is null ? null : new System.Text.RegularExpressions.Regex(without, System.Text.RegularExpressions.RegexOptions.CultureInvariant, Patience);
        return [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && pattern?.IsMatch(line) != true)];
    }

    private static string Filled(string command, string name, int minutes) => command
        .Replace("%n", name, StringComparison.Ordinal)
        .Replace("%m", minutes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("%s", (minutes * 60).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("%t", TimeSpan.FromMinutes(minutes).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
