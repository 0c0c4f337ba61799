using System.Globalization;
using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Lab;

/// <summary>What a pretended device does with the commands of a change, as its platform's own definition names them. The candidate goes with the connection.</summary>
internal sealed class LabChange(ChangeDialogue change, LabConfiguration configuration, string save, TimeProvider time)
{
    /// <summary>A line that every pretended device refuses.</summary>
    public const string Nonsense = "frobnicate";

    private IReadOnlyList<string> candidate = [];

    /// <summary>Whether the connection stands where configuration lines are typed.</summary>
    public bool Inside { get; private set; }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The lines that count.</summary>
    public IReadOnlyList<string> Lines => configuration.Running(Now);

    /// <summary>The answer; null when the device does not take the command, and <paramref name="known"/> is false when it is none of a change's.</summary>
    public string? Answer(string command, out bool known)
    {
        known = true;
        if (Is(change.Compare, command, out _))
            return Difference(change.Candidate ? candidate : Lines);
        var answer = Inside ? Within(command) : Outside(command, ref known);
        return answer;
    }

    private string? Outside(string command, ref bool known)
    {
        if (Is(change.Trial?.Enter, command, out var trial))
            configuration.Try(trial.Time, Now);
        if (Is(change.Enter.Take(1), command, out _) || Is(change.Trial?.Enter, command, out _))
            return Enter();
        if (Is(change.Trial?.Confirm, command, out _))
            return configuration.Confirm(Now) ? "" : null;
        if (Is(change.Trial?.Cancel, command, out _))
            return configuration.Cancel(Now) ? "" : null;
        if (Is(change.Mark, command, out var named))
            configuration.Mark(named.Name, Now);
        else if (Is(change.Tidy, command, out named))
            configuration.Forget(named.Name);
        else if (Is(change.Undo, command, out named))
            return Back(named.Name);
        else if (Is(change.Reload?.Schedule, command, out var restart))
            configuration.Restart(Now + restart.Time);
        else if (Is(change.Reload?.Cancel, command, out _))
            configuration.Restart(null);
        else if (Is(change.Save, command, out _) || command == save)
            configuration.Save(Now);
        else
            known = false;
        return "";
    }

    private string? Back(string name)
    {
        if (name.Length > 0)
            return configuration.GoBackTo(name, Now) ? "" : null;

        configuration.Commit(configuration.Before(Now), null, Now);
        return "";
    }

    private string Enter()
    {
        Inside = true;
        candidate = Lines;
        return "";
    }

    private string? Within(string command)
    {
        if (Is(change.Trial?.Commit, command, out var trial))
            return Commit(trial.Time);
        if (Is(change.Commit, command, out _) || Is(change.ReplaceCommit, command, out _))
            return Commit(null);
        if (Is(change.Trial?.Confirm, command, out _))
            return configuration.Confirm(Now) ? "" : null;
        if (Is(change.Abort, command, out _) || Is(change.Leave, command, out _))
            return Leave(command);
        if (Is(change.Replace, command, out _))
            candidate = [];
        else if (Is(change.Undo, command, out _))
            candidate = configuration.Before(Now);
        else if (command.StartsWith(Nonsense, StringComparison.Ordinal))
            return null;
        else
            Load(command);
        return "";
    }

    private void Load(string line)
    {
        if (change.Candidate)
            candidate = LabConfiguration.With(candidate, line);
        else if (line != "exit")
            configuration.Put(line, Now);
    }

    private string Commit(TimeSpan? trial)
    {
        if (change.Candidate)
            configuration.Commit(candidate, trial, Now);
        // Who is not told how to leave has left with the commit.
        Inside = change.Candidate && change.Leave.Count > 0;
        return change.Candidate ? "commit complete\r\n" : "";
    }

    private string Leave(string command)
    {
        candidate = Lines;
        Inside = change.Abort is not [.., var aborted] || command != aborted;
        Inside &= change.Leave is not [.., var left] || command != left;
        // Where one saves inside, that is the word before the last.
        if (Inside && change.Leave.Contains(command))
            configuration.Save(Now);
        return "";
    }

    private string Difference(IReadOnlyList<string> now)
    {
        var counts = change.Candidate ? Lines : configuration.Before(Now);
        return string.Concat(counts.Except(now).Select(line => $"-  {line}\r\n").Concat(now.Except(counts).Select(line => $"+  {line}\r\n")));
    }

    // A template matches with any name and any time in it.
    private static bool Is(IEnumerable<string>? templates, string command, out (string Name, TimeSpan Time) said)
    {
        said = default;
        foreach (var template in templates ?? [])
        {
            var pattern = Regex.Escape(template).Replace("%n", @"(?<n>[\w.\-]+?)", StringComparison.Ordinal).Replace("%m", @"(?<m>\d+)", StringComparison.Ordinal)
                .Replace("%s", @"(?<s>\d+)", StringComparison.Ordinal).Replace("%t", @"(?<t>\d\d:\d\d:\d\d)", StringComparison.Ordinal);
            var match = Regex.Match(command, $"^{pattern}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            if (!match.Success)
                continue;

            said = (match.Groups["n"].Value, TimeOf(match));
            return true;
        }

        return false;
    }

    private static TimeSpan TimeOf(Match match) =>
        match.Groups["t"] is { Success: true } clock ? TimeSpan.ParseExact(clock.Value, "hh\\:mm\\:ss", CultureInfo.InvariantCulture)
        : match.Groups["s"] is { Success: true } seconds ? TimeSpan.FromSeconds(long.Parse(seconds.Value, CultureInfo.InvariantCulture))
        : match.Groups["m"] is { Success: true } minutes ? TimeSpan.FromMinutes(long.Parse(minutes.Value, CultureInfo.InvariantCulture))
        : TimeSpan.Zero;
}
