using Trigger.Storage;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_database_in_SQLite() : DatabaseConformance(new SqliteRig())
{
    [Fact]
    public async Task lets_who_is_writing_finish_before_it_is_closed_and_tells_who_comes_later()
    {
        using var rig = new SqliteRig();
        var database = rig.Open();
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = database.WriteAsync(
            async (transaction, _) =>
            {
                begun.SetResult();
                await goOn.Task;
                return transaction.Run("insert into request_queue (run, what, by) values ('r', 'w', 'b')");
            },
            token: TestContext.Current.CancellationToken);
        await begun.Task;
        var closing = Task.Run(database.Dispose, TestContext.Current.CancellationToken);
        goOn.SetResult();

        Assert.Equal(1, await writing);
        await closing;
        Assert.Contains("closed", Assert.Throws<StorageException>(() => database.Write(_ => 0)).Message, StringComparison.Ordinal);
    }
}
