using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>Which ACLs were put on which devices. Every change is in the database when the method returns.</summary>
public sealed class DeviceAclTable(SqliteStore store)
{
    /// <summary>All of them, by device and ACL.</summary>
    public IReadOnlyList<DeviceAclRow> All() =>
        [.. store.Query("select device, acl, at, by from device_acl where $all order by device, acl", ("$all", 1), reader => new DeviceAclRow(reader.GetString(0), reader.GetString(1), SqliteStore.Moment(reader.GetString(2)), reader.GetString(3)))];

    /// <summary>Adds them, all or none; those that are there already stay as they are.</summary>
    /// <returns>Those that are new, in the order given.</returns>
    public IReadOnlyList<(string Device, string Acl)> Add(IEnumerable<(string Device, string Acl)> wanted, string by) =>
        Change(wanted, "insert into device_acl (device, acl, at, by) values ($device, $acl, $at, $by) on conflict do nothing", by);

    /// <summary>Takes them away, all or none.</summary>
    /// <returns>Those that were there, in the order given.</returns>
    public IReadOnlyList<(string Device, string Acl)> Remove(IEnumerable<(string Device, string Acl)> unwanted) =>
        Change(unwanted, "delete from device_acl where device = $device and acl = $acl", by: null);

    private List<(string Device, string Acl)> Change(IEnumerable<(string Device, string Acl)> pairs, string sql, string? by) => store.Write((connection, transaction, now) =>
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        var (device, acl) = (command.Parameters.Add("$device", SqliteType.Text), command.Parameters.Add("$acl", SqliteType.Text));
        if (by is not null)
        {
            command.Parameters.AddWithValue("$at", now);
            command.Parameters.AddWithValue("$by", by);
        }

        var changed = new List<(string, string)>();
        foreach (var pair in pairs)
        {
            (device.Value, acl.Value) = pair;
            if (command.ExecuteNonQuery() > 0)
                changed.Add(pair);
        }

        return changed;
    });
}
