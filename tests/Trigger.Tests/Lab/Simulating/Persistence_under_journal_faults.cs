using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Lab.Simulating;

/// <summary>A persistent actor whose journal fails, is slow, refuses, and forgets to confirm; whoever watches it starts it again.</summary>
public sealed class Persistence_under_journal_faults
{
    private const int Commands = 15;

    private static readonly JournalFaults Trouble = new() { WriteFails = 0.1, ConfirmationLost = 0.1, WriteRejected = 0.1, ReplayFails = 0.1, Slow = 0.3, WritesInFlight = 2 };

    [Fact]
    public void forgets_nothing_that_it_confirmed() => Simulation.Explore(
        1500,
        sim =>
        {
            var client = sim.Probe();
            var keeper = sim.System.ActorOf(Props.Create(() => new Keeper(client.Ref)), "keeper");
            for (var i = 0; i < Commands; i++)
            {
                keeper.Tell(new Add(i), client.Ref);
                sim.Run(TimeSpan.FromMilliseconds(sim.Random.Next(500)));
            }

            sim.Run(TimeSpan.FromMinutes(5));
            sim.JournalFaults = new JournalFaults();
            keeper.Tell("restart", client.Ref);
            sim.Run(TimeSpan.FromMinutes(1));

            int[] confirmed = [.. client.Messages.OfType<Confirmed>().Select(answer => answer.Number)];
            int[] stored = [.. sim.Events.Between("ledger", 1, long.MaxValue, long.MaxValue).Select(@event => (int)@event.Payload)];
            int[] refused = [.. client.Messages.OfType<Refused>().Select(answer => answer.Number)];
            var remembered = client.Messages.OfType<Remembered>().Last().Entries;

            Assert.Equal(stored, remembered);
            Assert.Equal(stored.Distinct(), stored);
            Assert.Equal(confirmed.Distinct(), confirmed);
            Assert.Subset(stored.ToHashSet(), confirmed.ToHashSet());
            Assert.Empty(refused.Intersect(stored));
        },
        Trouble);

    private sealed record Add(int Number);

    private sealed record Confirmed(int Number);

    private sealed record Refused(int Number);

    private sealed record Remembered(IReadOnlyList<int> Entries);

    private sealed class Keeper : ReceiveActor
    {
        private readonly IActorRef client;
        private IActorRef ledger;

        public Keeper(IActorRef client)
        {
            this.client = client;
            ledger = Begin();
            Receive<Add>(add => ledger.Forward(add));
            Receive<string>(_ => Context.Stop(ledger));
            Receive<Terminated>(_ => ledger = Begin());
        }

        private IActorRef Begin() => Context.Watch(Context.ActorOf(Props.Create(() => new Ledger(client))));
    }

    private sealed class Ledger : ReceivePersistentActor
    {
        private readonly List<int> entries = [];

        public Ledger(IActorRef client)
        {
            Recover<int>(entries.Add);
            Recover<RecoveryCompleted>(_ => client.Tell(new Remembered([.. entries])));
            Command<Add>(add => Persist(add.Number, number =>
            {
                entries.Add(number);
                Sender.Tell(new Confirmed(number));
            }));
        }

        public override string PersistenceId => "ledger";

        protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Sender.Tell(new Refused((int)@event));
    }
}
