using System.Text;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Storage;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>What every journal must do, asked in the journal's own protocol.</summary>
public abstract class JournalConformance : KernelSpec
{
    protected IActorRef Journal { get; }

    protected JournalConformance(JournalSetup setup)
        : base(setup) => Journal = Persistence.Instance.Apply(System).Journal;

    /// <summary>Events are texts; "unwritable" is none of ours.</summary>
    protected static EventCodec Texts { get; } = new(
        text => text is string and not "unwritable" ? new StoredEvent("text", Encoding.UTF8.GetBytes((string)text)) : throw new NotSupportedException("no words for it"),
        (_, body) => Encoding.UTF8.GetString(body));

    [Fact]
    public async Task knows_nothing_of_a_stream_that_was_never_written() => Assert.Equal((0, ""), await Replay("a"));

    [Fact]
    public async Task replays_what_was_written_in_order_with_its_numbers()
    {
        await Write("a", 1, "one", "two");
        await Write("a", 3, "three");

        Assert.Equal((3, "1:one 2:two 3:three"), await Replay("a"));
    }

    [Fact]
    public async Task keeps_streams_apart()
    {
        await Write("a", 1, "one");
        await Write("b", 1, "eins", "zwei");

        Assert.Equal((1, "1:one"), await Replay("a"));
        Assert.Equal((2, "1:eins 2:zwei"), await Replay("b"));
    }

    [Fact]
    public async Task replays_the_range_that_was_asked_for_and_its_ends()
    {
        await Write("a", 1, "one", "two", "three", "four");

        Assert.Equal((4, "2:two 3:three"), await Replay("a", from: 2, to: 3));
        Assert.Equal((4, "1:one 2:two"), await Replay("a", most: 2));
        Assert.Equal((4, ""), await Replay("a", most: 0));
        Assert.Equal((4, ""), await Replay("a", from: 5));
    }

    [Fact]
    public async Task deletes_up_to_a_number_and_not_beyond()
    {
        await Write("a", 1, "one", "two", "three");
        await Delete("a", 2);

        Assert.Equal((3, "3:three"), await Replay("a"));
    }

    [Fact]
    public async Task remembers_the_highest_number_when_all_is_deleted()
    {
        await Write("a", 1, "one", "two");
        await Delete("a", 2);
        Assert.Equal((2, ""), await Replay("a"));

        await Write("a", 3, "three");
        Assert.Equal((3, "3:three"), await Replay("a"));
    }

    [Fact]
    public async Task deletes_nothing_of_another_stream()
    {
        await Write("a", 1, "one");
        await Write("b", 1, "eins");
        await Delete("b", 1);

        Assert.Equal((1, "1:one"), await Replay("a"));
    }

    protected async Task<object> Write(string stream, long from, params string[] events)
    {
        var writes = events.Select((text, index) => new AtomicWrite(new Persistent(text, from + index, stream))).ToList();
        Journal.Tell(new WriteMessages(writes, Probe.Ref, 1), Probe.Ref);
        var whole = await Probe.Next();
        for (var left = events.Length; left > 0; left--)
        {
            var each = await Probe.Next();
            whole = each is WriteMessageSuccess ? whole : each;
        }

        return whole;
    }

    private async Task Delete(string stream, long upTo)
    {
        Journal.Tell(new DeleteMessagesTo(stream, upTo, Probe.Ref), Probe.Ref);
        await Probe.Expect(new DeleteMessagesSuccess(upTo));
    }

    protected async Task<(long Highest, string Events)> Replay(string stream, long from = 1, long to = long.MaxValue, long most = long.MaxValue)
    {
        Journal.Tell(new ReplayMessages(from, to, most, stream, Probe.Ref), Probe.Ref);
        var events = new List<string>();
        while (true)
        {
            switch (await Probe.Next())
            {
                case ReplayedMessage { Persistent: var stored }:
                    events.Add($"{stored.SequenceNr}:{stored.Payload}");
                    break;
                case RecoverySuccess end:
                    return (end.HighestSequenceNr, string.Join(' ', events));
                case var other:
                    Assert.Fail($"The replay answered {other}.");
                    break;
            }
        }
    }
}
