using Trigger.Storage;

namespace Trigger.Node.Security;

/// <summary>Puts on record who asked this node for what.</summary>
public sealed class Audit
{
    private readonly AuditTrail trail;
    private readonly TimeProvider time;

    internal Audit(Database database, TimeProvider time)
    {
        trail = new AuditTrail(database);
        this.time = time;
    }

    /// <summary>Returns when it is written; what was asked is not begun before.</summary>
    public Task Record(Caller who, string what, string target, string detail = "") => trail.Add(time.GetUtcNow(), who.Name, who.Origin, what, target, detail);

    /// <summary>Puts on record what happened before now.</summary>
    /// <param name="perhaps">Whether it may be on record already; then it is looked for first.</param>
    internal async Task Record(AuditNote note, bool perhaps, CancellationToken cancel)
    {
        if (!perhaps || !await trail.Holds(note.At, note.Who, note.What, note.Target, note.Detail, cancel).ConfigureAwait(false))
            await trail.Add(note.At, note.Who, note.Origin, note.What, note.Target, note.Detail, cancel).ConfigureAwait(false);
    }

    /// <summary>The newest lines first.</summary>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    public IReadOnlyList<AuditRecord> Newest(int limit, long? before = null) =>
        [.. trail.Newest(limit, before).Select(line => new AuditRecord(line.Seq, line.At, line.Who, line.Origin, line.What, line.Target, line.Detail))];

    /// <summary>Reads the whole trail and checks every link of it.</summary>
    /// <returns>How many lines there are, and the first thing that is wrong, as a sentence; null when nothing is.</returns>
    public (long Lines, string? Wrong) Verify() => trail.Verify();

    /// <summary>The number and hash of the last line. Kept elsewhere, it shows whether somebody has made up a whole new trail.</summary>
    public (long Seq, string Hash) Head() => trail.Head();

    /// <summary>Whether some line has this hash.</summary>
    public bool Has(string hash) => trail.Has(hash);
}
