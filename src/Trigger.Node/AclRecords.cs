using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Which ACLs were put on which devices by name, as a state directory keeps it, beside the journal.</summary>
public sealed class AclRecords : IDisposable
{
    private readonly Database database;
    private readonly DeviceAclTable table;

    private AclRecords(Database database)
    {
        this.database = database;
        table = new DeviceAclTable(database);
    }

    /// <exception cref="NodeException">The directory cannot be used.</exception>
    public static AclRecords Open(string stateDirectory)
    {
        try
        {
            return new AclRecords(Database.Open(stateDirectory, TimeProvider.System));
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
        if (!Database.IsServer(stateDirectory) && !Directory.Exists(stateDirectory))
            return [];

        using var records = Open(stateDirectory);
        return records.All();
    }

    public void Dispose() => database.Dispose();

    /// <summary>By device and ACL.</summary>
    public IReadOnlyList<(string Device, string Acl)> All() => Told(() => table.All().Select(row => (row.Device, row.Acl)).ToList());

    /// <summary>Adds them, all or none.</summary>
    /// <returns>Those that were not there.</returns>
    public IReadOnlyList<(string Device, string Acl)> Add(IEnumerable<(string Device, string Acl)> wanted, string by) => Told(() => table.Add(wanted, by));

    /// <summary>Takes them away, all or none.</summary>
    /// <returns>Those that were there.</returns>
    public IReadOnlyList<(string Device, string Acl)> Remove(IEnumerable<(string Device, string Acl)> unwanted) => Told(() => table.Remove(unwanted));

    private static T Told<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }
}
