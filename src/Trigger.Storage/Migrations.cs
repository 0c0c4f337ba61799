using System.Data.Common;

namespace Trigger.Storage;

/// <summary>
/// Brings a database's schema up to date: each missing step once, oldest first, all in one transaction, under a lock that everybody takes who opens the database in the same moment.
/// The table <c>schema_version</c> says which steps were taken and which nodes may live with each.
/// </summary>
/// <param name="steps">All that this version of Trigger knows.</param>
internal abstract class Migrations(IReadOnlyList<Migration> steps, TimeProvider time)
{
    private int Newest => steps[^1].Number;

    /// <exception cref="StorageException">A newer Trigger has changed the schema in a way that this one does not understand.</exception>
    public void Apply(DbConnection connection)
    {
        // Looked for without the lock first: nearly always there is nothing to do, and then nobody is waited for.
        if (Missing(Taken(connection)).Count == 0)
            return;

        using var transaction = Lock(connection);
        var taken = Taken(connection, transaction);
        if (!HasLedger(connection, transaction))
            transaction.Run("create table schema_version (version integer primary key, usable_from integer not null, at text not null)");
        foreach (var (version, usableFrom) in taken)
            Note(transaction, version, usableFrom);

        foreach (var step in Missing(taken))
        {
            transaction.Run(step.Script);
            Note(transaction, step.Number, step.UsableFrom);
        }

        Seal(transaction, Math.Max(Newest, taken.Keys.DefaultIfEmpty().Max()));
        transaction.Commit();
    }

    /// <summary>Begins the transaction in which steps are taken; another who opens the database waits here until it is over.</summary>
    protected abstract DbTransaction Lock(DbConnection connection);

    /// <summary>Whether there is a <c>schema_version</c>.</summary>
    protected abstract bool HasLedger(DbConnection connection, DbTransaction? transaction);

    /// <summary>The newest version that is on record elsewhere than in <c>schema_version</c>; 0 when there is no such place.</summary>
    protected virtual int VersionElsewhere(DbConnection connection, DbTransaction? transaction) => 0;

    /// <summary>Writes the newest version to that place.</summary>
    protected virtual void Seal(DbTransaction transaction, int newest)
    {
    }

    private Dictionary<int, int> Taken(DbConnection connection, DbTransaction? transaction = null)
    {
        var taken = new Dictionary<int, int>();
        if (HasLedger(connection, transaction))
        {
            using var select = connection.Command("select version, usable_from from schema_version");
            select.Transaction = transaction;
            foreach (var (version, usableFrom) in select.Rows(row => (row.GetInt32(0), row.GetInt32(1))))
                taken[version] = usableFrom;
        }

        // Before there was a ledger, steps were taken without gaps.
        var elsewhere = VersionElsewhere(connection, transaction);
        if (taken.Count == 0)
        {
            foreach (var version in Enumerable.Range(1, elsewhere))
                taken[version] = version;
        }

        taken.TryAdd(elsewhere, elsewhere);
        taken.Remove(0);
        return taken;
    }

    private List<Migration> Missing(Dictionary<int, int> taken)
    {
        var beyond = taken.Where(step => step.Key > Newest && step.Value > Newest).Select(step => step.Key).DefaultIfEmpty().Max();
        return beyond == 0
            ? [.. steps.Where(step => !taken.ContainsKey(step.Number))]
            : throw new StorageException($"The journal was written by a newer Trigger (schema {beyond}, this one knows {Newest}). Use that version.");
    }

    private void Note(DbTransaction transaction, int version, int usableFrom) => transaction.Run(
        "insert into schema_version (version, usable_from, at) values (@version, @usable, @at) on conflict do nothing",
        ("@version", version), ("@usable", usableFrom), ("@at", Moments.Text(time.GetUtcNow())));
}
