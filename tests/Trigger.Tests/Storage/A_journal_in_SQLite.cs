using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Storage;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Storage;

public sealed class A_journal_in_SQLite : JournalConformance, IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly SqliteStore store;

    public A_journal_in_SQLite()
        : this(new TemporaryFolder())
    {
    }

    private A_journal_in_SQLite(TemporaryFolder folder)
        : this(folder, SqliteStore.Open(folder.Path, TimeProvider.System))
    {
    }

    private A_journal_in_SQLite(TemporaryFolder folder, SqliteStore store)
        : base(new JournalSetup(() => Props.Create(() => new SqliteJournal(store, Texts))))
    {
        this.folder = folder;
        this.store = store;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task refuses_what_it_has_no_words_for_and_writes_the_rest()
    {
        var answer = await Write("a", 1, "one", "unwritable", "three");

        Assert.Contains("no words", Assert.IsType<WriteMessageRejected>(answer).Cause.Message, StringComparison.Ordinal);
        Assert.Equal((3, "1:one 3:three"), await Replay("a"));
    }

    [Fact]
    public async Task refuses_a_second_writer_of_a_stream()
    {
        await Write("a", 1, "one");
        using var other = SqliteStore.Open(folder.Path, TimeProvider.System);
        other.Write([("a", 2, new StoredEvent("text", "theirs"u8.ToArray()))]);

        Assert.IsType<WriteMessageFailure>(await Write("a", 2, "ours"));
        Assert.Equal((2, "1:one 2:theirs"), await Replay("a"));
    }
}
