using System.Data.Common;

namespace Trigger.Storage;

/// <summary>ACLs that wait to be loaded, and what runs make of them. Every change is in the database when the method returns.</summary>
/// <param name="database">Not the table's to close.</param>
public sealed class AclQueueTable(Database database)
{
    /// <summary>The result of a load that came to its end; only this one takes entries out of the queue.</summary>
    public const string Loaded = "loaded";

    private const string LoadColumns = "select run, device, acl, file, upto, steps, at, result from acl_load";

    /// <summary>Puts them into the queue, all or none. What waits there already waits twice: how often something was asked for is told by it.</summary>
    public void Add(IReadOnlyCollection<(string Device, string Acl)> wanted, string by, bool escalation) => database.Write(transaction =>
    {
        foreach (var (device, acl) in wanted)
        {
            transaction.Run(
                "insert into acl_queue (device, acl, at, by, escalation) values (@device, @acl, @at, @by, @escalation)",
                ("@device", device), ("@acl", acl), ("@at", Now), ("@by", by), ("@escalation", escalation ? 1 : 0));
        }

        return wanted.Count;
    });

    public void AddManual(string what, string by) =>
        database.Write(transaction => transaction.Run("insert into acl_manual (what, at, by) values (@what, @at, @by)", ("@what", what), ("@at", Now), ("@by", by)));

    /// <summary>What waits, oldest first.</summary>
    public IReadOnlyList<AclQueueRow> Waiting() => database.Read(connection => connection
        .Command("select id, device, acl, at, by, escalation from acl_queue where loaded is null order by id")
        .Rows(row => new AclQueueRow(row.GetInt64(0), row.GetString(1), row.GetString(2), Moments.Parse(row.GetString(3)), row.GetString(4), row.GetInt32(5) != 0)).ToList());

    /// <summary>What waits for somebody's hand, oldest first.</summary>
    public IReadOnlyList<AclManualRow> Manual() => database.Read(connection => connection
        .Command("select id, what, at, by from acl_manual where done is null order by id")
        .Rows(row => new AclManualRow(row.GetInt64(0), row.GetString(1), Moments.Parse(row.GetString(2)), row.GetString(3))).ToList());

    /// <summary>Forgets what waits of an ACL.</summary>
    /// <returns>The devices for which it waited, sorted.</returns>
    public IReadOnlyList<string> Clear(string acl) => database.Write(transaction =>
    {
        var devices = transaction.Command("select distinct device from acl_queue where acl = @acl and loaded is null order by device", ("@acl", acl)).Rows(row => row.GetString(0)).ToList();
        transaction.Run("delete from acl_queue where acl = @acl and loaded is null", ("@acl", acl));
        return devices;
    });

    /// <returns>Whether something of that name waited.</returns>
    public bool ClearManual(string what) =>
        database.Write(transaction => transaction.Run("update acl_manual set done = @at where what = @what and done is null", ("@what", what), ("@at", Now))) > 0;

    /// <summary>
    /// Says that a run loads these. Who finds one taken by a run whose end is not known leaves it to that run.
    /// </summary>
    /// <returns>Those that the run may load.</returns>
    public IReadOnlyList<AclLoadRow> Begin(IReadOnlyCollection<AclLoadRow> wanted) => database.Write(transaction => wanted.Where(load => transaction.Run(
        "insert into acl_load (run, device, acl, file, upto, steps, at) values (@run, @device, @acl, @file, @upto, @steps, @at) on conflict do nothing",
        ("@run", load.Run), ("@device", load.Device), ("@acl", load.Acl), ("@file", load.File), ("@upto", load.UpTo), ("@steps", load.Steps), ("@at", Moments.Text(load.At))) > 0).ToList());

    /// <summary>Says what became of a device's loads in a run. Only <see cref="Loaded"/> takes its entries out of the queue. Saying it again changes nothing.</summary>
    public void End(string run, string device, string result) => database.WriteRepeatably(transaction =>
    {
        var mine = transaction.Command(LoadColumns + " where run = @run and device = @device and result is null", ("@run", run), ("@device", device)).Rows(ReadLoad).ToList();
        foreach (var load in mine.Where(_ => result == Loaded))
        {
            transaction.Run(
                "update acl_queue set loaded = @at, run = @run where device = @device and acl = @acl and id <= @upto and loaded is null",
                ("@at", Now), ("@run", run), ("@device", device), ("@acl", load.Acl), ("@upto", load.UpTo));
        }

        return transaction.Run("update acl_load set result = @result where run = @run and device = @device and result is null", ("@result", result), ("@run", run), ("@device", device));
    });

    /// <summary>Gives back what a run took that was never accepted.</summary>
    public void Release(string run) => database.WriteRepeatably(transaction => transaction.Run("delete from acl_load where run = @run and result is null", ("@run", run)));

    /// <summary>What runs load of which the end is not known.</summary>
    public IReadOnlyList<AclLoadRow> Open() => database.Read(connection => connection.Command(LoadColumns + " where result is null order by run, device, acl").Rows(ReadLoad).ToList());

    /// <summary>The last result of every ACL on every device, where it is this one.</summary>
    public IReadOnlyList<AclLoadRow> Last(string result) => database.Read(connection => connection
        .Command(
            LoadColumns + " as one where result = @result and not exists (select 1 from acl_load later where later.device = one.device and later.acl = one.acl and later.result is not null and (later.at > one.at or (later.at = one.at and later.run > one.run))) order by device, acl",
            ("@result", result))
        .Rows(ReadLoad).ToList());

    private string Now => Moments.Text(database.Time.GetUtcNow());

    private static AclLoadRow ReadLoad(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt32(5), Moments.Parse(row.GetString(6)), row.IsDBNull(7) ? null : row.GetString(7));
}
