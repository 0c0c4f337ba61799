using System.Collections.Immutable;
using System.Threading.Channels;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Kernel;

public sealed class A_journal : KernelSpec
{
    private readonly Channel<GatedJournal.Call> _calls;

    public A_journal()
        : this(Channel.CreateUnbounded<GatedJournal.Call>())
    {
    }

    private A_journal(Channel<GatedJournal.Call> calls)
        : base(new JournalSetup(() => Props.Create(() => new GatedJournal(calls.Writer)))) => _calls = calls;

    [Fact]
    public async Task gathers_the_writes_of_many_actors_while_one_call_is_under_way()
    {
        Ledger("first").Tell("1");
        await Probe.Expect("recovered 0");
        var first = await NextCall();
        foreach (var id in new[] { "a", "b", "c" })
        {
            var ledger = Ledger(id);
            ledger.Tell("async");
            await Probe.Expect("recovered 0");

            // It answers after it has sent its write, and the journal answers after it has got it.
            await Processed(ledger);
            await Processed(Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal);
        }

        first.End.SetResult(null);
        await Probe.Expect("1@1");
        var second = await NextCall();

        Assert.Equal(["a", "b", "c"], second.Writes.Select(w => w.PersistenceId).Order(StringComparer.Ordinal));
        second.End.SetResult(null);
        await Probe.Expect("1@1", "1@1", "1@1");
    }

    [Fact]
    public async Task that_failed_stops_its_actor_whatever_it_says()
    {
        var ledger = Ledger("a");
        ledger.Tell("1");
        (await NextCall()).End.SetException(new IOException("disk"));

        await Probe.Expect("recovered 0", "failed 1 1", "stopped");
    }

    [Fact]
    public async Task that_rejects_lets_its_actor_go_on_with_the_next_number()
    {
        var ledger = Ledger("a");
        ledger.Tell("1");
        (await NextCall()).End.SetResult(ImmutableList.Create<Exception?>(new FormatException("no")));
        await Probe.Expect("recovered 0", "rejected 1 1");
        ledger.Tell("2");
        (await NextCall()).End.SetResult(null);

        await Probe.Expect("2@2");
    }

    [Fact]
    public async Task replays_to_a_restarted_actor_only_after_its_writes_have_ended()
    {
        var ledger = Ledger("a");
        ledger.Tell("1");
        await Probe.Expect("recovered 0");
        var call = await NextCall();
        System.Stop(ledger);
        await Probe.Expect("stopped");
        Ledger("a");
        await Processed(Probe.Ref);
        await Probe.ExpectNothingBefore("held");
        call.End.SetResult(null);

        await Probe.Expect("recovered 0");
    }

    private IActorRef Ledger(string id) => System.ActorOf(Props.Create(() => new Ledger(id, Probe.Ref)));

    private async Task<GatedJournal.Call> NextCall()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _calls.Reader.ReadAsync(patience.Token);
    }
}
