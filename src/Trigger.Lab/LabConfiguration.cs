namespace Trigger.Lab;

/// <summary>
/// The configuration of a pretended device that outlives its connections: what counts, what counted before, what was kept under a name, and a commit on trial. Lines have no order that
/// matters to anybody but the reader. May be used from any thread.
/// </summary>
public sealed class LabConfiguration
{
    private const int Longest = 10_000;

    private readonly Lock gate = new();
    private readonly Stack<IReadOnlyList<string>> history = new();
    private readonly Dictionary<string, IReadOnlyList<string>> marks = new(StringComparer.Ordinal);
    private IReadOnlyList<string> running;
    private DateTimeOffset? trialEnds;

    /// <param name="lines">What it begins with.</param>
    public LabConfiguration(params IReadOnlyList<string> lines) => running = lines;

    /// <summary>What was saved last, and what a restart would come up with.</summary>
    public IReadOnlyList<string> Saved { get; private set; } = [];

    /// <summary>When a planned restart is due; null for none.</summary>
    public DateTimeOffset? RestartsAt { get; private set; }

    /// <summary>Whether a commit waits for its confirmation.</summary>
    public bool OnTrial(DateTimeOffset now) => Running(now) is not null && trialEnds is not null;

    /// <summary>What counts at that moment: a trial that is over by then was taken back.</summary>
    public IReadOnlyList<string> Running(DateTimeOffset now)
    {
        lock (gate)
        {
            if (trialEnds <= now)
                Revert();
            if (RestartsAt <= now)
                (running, RestartsAt) = (Saved, null);
            return running;
        }
    }

    /// <summary>Makes these lines count.</summary>
    /// <param name="trial">How long, unless confirmed; null for good. A trial under way is confirmed by any further commit.</param>
    internal void Commit(IReadOnlyList<string> lines, TimeSpan? trial, DateTimeOffset now)
    {
        lock (gate)
        {
            _ = Running(now);
            trialEnds = now + trial;
            if (lines.SequenceEqual(running, StringComparer.Ordinal))
                return;

            history.Push(running);
            running = lines.Count > Longest ? [.. lines.Take(Longest)] : lines;
        }
    }

    /// <summary>Begins a trial of whatever comes to count from now on.</summary>
    internal void Try(TimeSpan trial, DateTimeOffset now)
    {
        lock (gate)
        {
            history.Push(Running(now));
            trialEnds = now + trial;
        }
    }

    /// <summary>One line counts at once.</summary>
    internal void Put(string line, DateTimeOffset now)
    {
        lock (gate)
            running = With(Running(now), line);
    }

    /// <summary>False when there is no trial to confirm.</summary>
    internal bool Confirm(DateTimeOffset now)
    {
        lock (gate)
        {
            var asked = OnTrial(now);
            trialEnds = null;
            return asked;
        }
    }

    /// <summary>Ends a trial, and takes it back. False when there is none.</summary>
    internal bool Cancel(DateTimeOffset now)
    {
        lock (gate)
        {
            if (!OnTrial(now))
                return false;

            Revert();
            return true;
        }
    }

    /// <summary>What counted before the last commit.</summary>
    internal IReadOnlyList<string> Before(DateTimeOffset now)
    {
        lock (gate)
            return history.TryPeek(out var before) ? (Running(now), before).before : Running(now);
    }

    internal void Mark(string name, DateTimeOffset now)
    {
        lock (gate)
            marks[name] = Running(now);
    }

    /// <summary>False when nothing was kept under the name.</summary>
    internal bool GoBackTo(string name, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!marks.TryGetValue(name, out var kept))
                return false;

            Commit(kept, null, now);
            return true;
        }
    }

    internal void Forget(string name)
    {
        lock (gate)
            marks.Remove(name);
    }

    internal void Save(DateTimeOffset now)
    {
        lock (gate)
            Saved = Running(now);
    }

    internal void Restart(DateTimeOffset? at)
    {
        lock (gate)
            RestartsAt = at;
    }

    /// <summary>The lines with one more, or with one less when it says so.</summary>
    internal static IReadOnlyList<string> With(IReadOnlyList<string> lines, string line)
    {
        foreach (var word in new[] { "no ", "delete " })
        {
            if (!line.StartsWith(word, StringComparison.Ordinal))
                continue;

            var gone = line[word.Length..];
            return [.. lines.Where(one => one != gone && one != $"set {gone}")];
        }

        return lines.Contains(line, StringComparer.Ordinal) ? lines : [.. lines, line];
    }

    // What was on trial is what counted before now: that is how a device whose trial has run out answers "rollback 1".
    private void Revert()
    {
        var tried = running;
        running = history.Count > 0 ? history.Pop() : running;
        history.Push(tried);
        trialEnds = null;
    }
}
