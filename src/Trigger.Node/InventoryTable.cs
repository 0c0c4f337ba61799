using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>An inventory as a table of an SQLite file, as Trigger's loader reads it.</summary>
public static class InventoryTable
{
    public const string UsualName = "netdevices";

    /// <param name="passwords">Whether the rows' own passwords are written, too.</param>
    /// <exception cref="NodeException">The table is there already, the file cannot be written, or is no database.</exception>
    public static void Write(string path, string table, IReadOnlyList<NetDevice> devices, bool passwords)
    {
        try
        {
            SqliteTable.Write(path, table, [.. devices.Select(device => InventoryWriter.FieldsOf(device, passwords))]);
        }
        catch (StorageException bad)
        {
            throw new NodeException(bad.Message, bad);
        }
    }
}
