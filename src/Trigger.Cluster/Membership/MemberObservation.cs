namespace Trigger.Cluster.Membership;

/// <summary>
/// How long each member's beat has not changed, counted on this node's own clock from when this node first saw it. What another node observed counts for nothing.
/// <para>Waits start anew after a time in which this node itself could not look, as then it is more likely that the database was away than that everybody died.</para>
/// </summary>
/// <param name="patience">The longest time between two looks that does not restart the waits.</param>
internal sealed class MemberObservation(TimeSpan patience)
{
    private readonly Dictionary<MemberId, Seen> seen = [];
    private TimeSpan? lastLook;

    /// <param name="now">This node's clock when the answer had arrived.</param>
    /// <param name="beats">The members and their beats, as of some moment before.</param>
    public void Look(TimeSpan now, IReadOnlyList<MemberBeat> beats)
    {
        if (lastLook is { } last && now - last > patience)
            seen.Clear();
        lastLook = now;

        foreach (var (member, beat) in beats)
        {
            if (!seen.TryGetValue(member, out var earlier) || earlier.Beat != beat)
                seen[member] = new Seen(beat, now);
        }

        if (seen.Count > beats.Count)
        {
            var present = beats.Select(row => row.Member).ToHashSet();
            foreach (var gone in seen.Keys.Where(member => !present.Contains(member)).ToList())
                seen.Remove(gone);
        }
    }

    /// <summary>Takes the beats as they are without restarting the waits. Wrong on purpose: only the simulation's broken rules call it.</summary>
    public void InheritWaits()
    {
        foreach (var (member, last) in seen.ToList())
            seen[member] = last with { Since = TimeSpan.FromTicks(long.MinValue / 4) };
    }

    /// <summary>
    /// Members whose beat had not changed for longer than <paramref name="wait"/> when this node last looked. What the clock shows by now is of no interest: it may have jumped since.
    /// </summary>
    public IEnumerable<MemberBeat> SilentFor(TimeSpan wait) =>
        seen.Where(entry => lastLook - entry.Value.Since > wait).Select(entry => new MemberBeat(entry.Key, entry.Value.Beat));

    /// <summary>How long after the last look the next member will have been silent for longer than <paramref name="wait"/>; null when none has been silent for <paramref name="suspect"/>.</summary>
    public TimeSpan? NextSilentFor(TimeSpan wait, TimeSpan suspect)
    {
        var waiting = seen.Values.Select(entry => lastLook - entry.Since).Where(silent => silent > suspect && silent <= wait).ToList();
        return waiting.Count == 0 ? null : wait - waiting.Max() + TimeSpan.FromMilliseconds(1);
    }

    private readonly record struct Seen(long Beat, TimeSpan Since);
}
