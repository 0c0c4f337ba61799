using System.Text;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>What a journal in a database must do beyond what every journal must.</summary>
public abstract class SqlJournalConformance : JournalConformance, IAsyncDisposable
{
    private readonly StorageRig rig;
    private readonly Database database;

    // Streams named "fenced…" belong to shard lab/7, of which this node believes to have the epoch 3.
    protected SqlJournalConformance(StorageRig rig)
        : this(rig, rig.Open())
    {
    }

    private SqlJournalConformance(StorageRig rig, Database database)
        : base(new JournalSetup(() => Props.Create(() => new SqlJournal(database, Texts, stream => stream.StartsWith("fenced", StringComparison.Ordinal) ? new ShardFence("lab", 7, 3) : null))))
    {
        this.rig = rig;
        this.database = database;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        database.Dispose();
        rig.Dispose();
        GC.SuppressFinalize(this);
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
        using var other = rig.Open();
        await other.Events.Write(new StoredBatch([("a", 2, new StoredEvent("text", "theirs"u8.ToArray()))], []));

        Assert.IsType<ConflictException>(Assert.IsType<WriteMessageFailure>(await Write("a", 2, "ours")).Cause);
        Assert.Equal((2, "1:one 2:theirs"), await Replay("a"));
    }

    [Fact]
    public async Task writes_for_who_holds_the_shard()
    {
        Own(epoch: 3);

        Assert.IsType<WriteMessagesSuccessful>(await Write("fenced", 1, "one", "two"));
        Assert.Equal((2, "1:one 2:two"), await Replay("fenced"));
    }

    [Fact]
    public async Task writes_nothing_for_who_held_it_once()
    {
        Own(epoch: 4);

        var fenced = Assert.IsType<FencedException>(Assert.IsType<WriteMessageRejected>(await Write("fenced", 1, "one")).Cause);
        Assert.Equal([new ShardFence("lab", 7, 3)], fenced.Stale);
        Assert.Contains("lab/7 of epoch 3", fenced.Message, StringComparison.Ordinal);
        Assert.Equal((0, ""), await Replay("fenced"));
    }

    [Fact]
    public async Task writes_nothing_for_a_shard_that_is_not_there()
    {

        Assert.IsType<FencedException>(Assert.IsType<WriteMessageRejected>(await Write("fenced", 1, "one")).Cause);
    }

    [Fact]
    public async Task says_fenced_also_when_the_taker_has_written_already()
    {
        Own(epoch: 4);
        using var taker = rig.Open();
        await taker.Events.Write(new StoredBatch([("fenced", 1, new StoredEvent("text", "theirs"u8.ToArray()))], [new ShardFence("lab", 7, 4)]));

        Assert.IsType<FencedException>(Assert.IsType<WriteMessageRejected>(await Write("fenced", 1, "ours")).Cause);
        Assert.Equal((1, "1:theirs"), await Replay("fenced"));
    }

    [Fact]
    public async Task lets_no_fence_stand_in_the_way_of_others()
    {
        Own(epoch: 4);
        using var gate = new ManualResetEventSlim();
        var holding = Task.Run(
            () => database.Write(transaction =>
            {
                // Everything below gathers behind this transaction and becomes one batch where there is one writer.
                transaction.Run("insert into device_acl (device, acl, at, by) values ('r', 'a', '', '')");
                gate.Wait(Patience);
                return 0;
            }),
            TestContext.Current.CancellationToken);
        Send("a", 1, "first");
        Send("fenced", 1, "one");
        Send("b", 1, "eins");
        gate.Set();
        await holding;
        for (var answers = 0; answers < 6; answers++)
            await Probe.Next();

        Assert.Equal((1, "1:first"), await Replay("a"));
        Assert.Equal((1, "1:eins"), await Replay("b"));
        Assert.Equal((0, ""), await Replay("fenced"));
    }

    [Fact]
    public async Task keeps_streams_gapless_when_many_write_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(
            async () =>
            {
                for (var seq = 1; seq <= 25; seq++)
                    await database.Events.Write(new StoredBatch([($"s{writer}", seq, new StoredEvent("text", Encoding.UTF8.GetBytes($"{seq}")))], []));
            },
            TestContext.Current.CancellationToken)));

        for (var writer = 0; writer < 20; writer++)
            Assert.Equal((25, string.Join(' ', Enumerable.Range(1, 25).Select(seq => $"{seq}:{seq}"))), await Replay($"s{writer}"));
    }

    protected void Own(long epoch)
    {
        rig.Ask($"insert into shard (space, number, epoch) values ('lab', 7, {epoch}), ('lab', 8, 1), ('other', 7, 3)");
    }

    private void Send(string stream, long seq, string text) =>
        Journal.Tell(new WriteMessages([new AtomicWrite(new Persistent(text, seq, stream))], Probe.Ref, 1), Probe.Ref);
}
