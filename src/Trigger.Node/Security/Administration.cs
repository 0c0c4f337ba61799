using Trigger.Storage;

namespace Trigger.Node.Security;

/// <summary>Tokens and the audit trail of a cluster, for whoever may open its database.</summary>
public sealed class Administration : IDisposable
{
    private readonly Database database;

    private Administration(Database database)
    {
        this.database = database;
        Tokens = new Tokens(database, database.Time);
        Audit = new Audit(database, database.Time);
    }

    public Tokens Tokens { get; }

    public Audit Audit { get; }

    /// <param name="store">A state directory or the address of a PostgreSQL database.</param>
    /// <exception cref="NodeException">It cannot be used.</exception>
    public static Administration Open(string store)
    {
        try
        {
            return new Administration(Database.Open(store, TimeProvider.System));
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    public void Dispose() => database.Dispose();
}
