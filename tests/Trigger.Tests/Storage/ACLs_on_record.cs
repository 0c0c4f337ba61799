using Trigger.Storage;

namespace Trigger.Tests.Storage;

public sealed class ACLs_on_record : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-acls-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void are_kept_once_and_say_what_is_new()
    {
        using (var store = SqliteStore.Open(folder, TimeProvider.System))
        {
            var table = new DeviceAclTable(store);
            Assert.Equal([("r1", "b"), ("r1", "a")], table.Add([("r1", "b"), ("r1", "a"), ("r1", "b")], "me"));
            Assert.Equal([("r2", "a")], table.Add([("r1", "a"), ("r2", "a")], "you"));
            Assert.Equal([("r1", "b")], table.Remove([("r1", "b"), ("r3", "a")]));
        }

        using var again = SqliteStore.Open(folder, TimeProvider.System);
        Assert.Equal([("r1", "a", "me"), ("r2", "a", "you")], new DeviceAclTable(again).All().Select(row => (row.Device, row.Acl, row.By)));
    }

    [Fact]
    public void find_a_place_in_a_journal_of_before()
    {
        SqliteStore.Open(folder, TimeProvider.System).Dispose();
        using (var old = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=False"))
        {
            old.Open();
            using var back = old.CreateCommand();
            back.CommandText = "drop table schema_version; drop table device_acl; insert into request_queue (run, what, by) values ('r', 'cancel', 'me'); pragma user_version = 2";
            back.ExecuteNonQuery();
        }

        using var store = SqliteStore.Open(folder, TimeProvider.System);
        Assert.Empty(new DeviceAclTable(store).All());
        Assert.Equal(("cancel", "me"), store.TakeRequest("r"));
    }
}
