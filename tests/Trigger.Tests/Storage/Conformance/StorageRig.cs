using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>An empty place for a database, of one kind or the other, for one test.</summary>
public abstract class StorageRig : IDisposable
{
    /// <summary>What <see cref="Database.Open"/> takes.</summary>
    public abstract string Address { get; }

    public Database Open(TimeProvider? time = null) => Database.Open(Address, time ?? TimeProvider.System);

    /// <summary>Says something to the database past the engine; the first column of the first row.</summary>
    public abstract object? Ask(string sql);

    /// <summary>The schema's steps, and more.</summary>
    internal abstract Migrations Steps(params Migration[] more);

    public abstract void Dispose();
}
