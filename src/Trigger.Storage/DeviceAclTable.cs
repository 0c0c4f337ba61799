namespace Trigger.Storage;

/// <summary>Which ACLs were put on which devices. Every change is in the database when the method returns.</summary>
/// <param name="database">Not the table's to close.</param>
public sealed class DeviceAclTable(Database database)
{
    /// <summary>All of them, by device and ACL.</summary>
    public IReadOnlyList<DeviceAclRow> All() =>
    [
        .. database.Stream(
            connection => connection.Command("select device, acl, at, by from device_acl order by device, acl"),
            reader => new DeviceAclRow(reader.GetString(0), reader.GetString(1), Moments.Parse(reader.GetString(2)), reader.GetString(3))),
    ];

    /// <summary>Adds them, all or none; those that are there already stay as they are.</summary>
    /// <returns>Those that are new, in the order given.</returns>
    public IReadOnlyList<(string Device, string Acl)> Add(IEnumerable<(string Device, string Acl)> wanted, string by) =>
        Change(wanted, "insert into device_acl (device, acl, at, by) values (@device, @acl, @at, @by) on conflict do nothing", ("@at", Moments.Text(database.Time.GetUtcNow())), ("@by", by));

    /// <summary>Takes them away, all or none.</summary>
    /// <returns>Those that were there, in the order given.</returns>
    public IReadOnlyList<(string Device, string Acl)> Remove(IEnumerable<(string Device, string Acl)> unwanted) =>
        Change(unwanted, "delete from device_acl where device = @device and acl = @acl");

    private List<(string Device, string Acl)> Change(IEnumerable<(string Device, string Acl)> pairs, string sql, params (string Name, object? Value)[] more)
    {
        var all = pairs.ToList();
        return database.Write(transaction => all.Where(pair => transaction.Run(sql, [("@device", pair.Device), ("@acl", pair.Acl), .. more]) > 0).ToList());
    }
}
