using Trigger.Devices.Inventory;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Trigger's SQLite inventory: a table <c>netdevices</c>, or that of the argument <c>table_name</c>, whose columns are the fields. Here and not among the devices, since only Storage says SELECT.</summary>
internal sealed class SqliteLoader : IInventoryLoader
{
    private const string UsualTable = "netdevices";

    public string Name => "SQLite";

    public LoaderAnswer Load(InventorySource source)
    {
        if (source.IsDirectory)
            return new LoaderAnswer.Refused("it is a directory");
        if (!SqliteTable.IsDatabase(source.Content.Span))
            return new LoaderAnswer.Refused("it does not begin with 'SQLite format 3'");
        if (source.Path is null)
            return new LoaderAnswer.Rows([], [$"{source.Name}: an SQLite inventory is read from a file only. Download it first."]);

        try
        {
            return new LoaderAnswer.Rows(SqliteTable.Read(source.Path, source.Arguments.GetValueOrDefault("table_name", UsualTable)).Select((row, i) => Row(row, $"{source.Name}:{i + 1}")), []);
        }
        catch (StorageException bad)
        {
            return new LoaderAnswer.Rows([], [$"{source.Name}: {bad.Message}"]);
        }
    }

    private static InventoryRow Row(IReadOnlyList<KeyValuePair<string, string?>> row, string where)
    {
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, value) in row)
        {
            // The key of Trigger's own schema says nothing about the device.
            if (!column.Equals("id", StringComparison.OrdinalIgnoreCase))
                fields[column] = value?.Trim() is { Length: > 0 } text ? text : null;
        }

        return new InventoryRow(fields, where);
    }
}
