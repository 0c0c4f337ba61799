using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Which ACLs were put on which devices by name, as a state directory keeps it, beside the journal.</summary>
public sealed class AclRecords : IDisposable
{
    private readonly SqliteStore store;
    private readonly DeviceAclTable table;

    private AclRecords(SqliteStore store)
    {
        this.store = store;
        table = new DeviceAclTable(store);
    }

    /// <exception cref="NodeException">The directory cannot be used.</exception>
    public static AclRecords Open(string stateDirectory)
    {
        try
        {
            return new AclRecords(SqliteStore.Open(stateDirectory, TimeProvider.System));
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    /// <summary>What is on record; nothing where there is no journal yet, and none is made.</summary>
    /// <exception cref="NodeException">The directory cannot be used.</exception>
    public static IReadOnlyList<(string Device, string Acl)> Read(string stateDirectory)
    {
        if (!Directory.Exists(stateDirectory))
            return [];

        using var records = Open(stateDirectory);
        return records.All();
    }

    public void Dispose() => store.Dispose();

    /// <summary>By device and ACL.</summary>
    public IReadOnlyList<(string Device, string Acl)> All() => [.. table.All().Select(row => (row.Device, row.Acl))];

    /// <summary>Adds them, all or none.</summary>
    /// <returns>Those that were not there.</returns>
    public IReadOnlyList<(string Device, string Acl)> Add(IEnumerable<(string Device, string Acl)> wanted, string by) => table.Add(wanted, by);

    /// <summary>Takes them away, all or none.</summary>
    /// <returns>Those that were there.</returns>
    public IReadOnlyList<(string Device, string Acl)> Remove(IEnumerable<(string Device, string Acl)> unwanted) => table.Remove(unwanted);
}
