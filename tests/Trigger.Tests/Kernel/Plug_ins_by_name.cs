using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Kernel.Persistence.Snapshot;

namespace Trigger.Tests.Kernel;

public sealed class Plug_ins_by_name
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task are_made_from_the_section_that_names_their_class()
    {
        await using var night = new Night($$"""
            akka.persistence.journal.plugin = my.journal
            my.journal { class = "{{typeof(TalkativeJournal).AssemblyQualifiedName}}", greeting = hello }
            """);
        var journal = Persistence.Instance.Apply(night.System).Journal;

        Assert.Equal("hello", await journal.Ask<string>("greeting", Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task serve_the_actor_that_asks_for_one_of_them()
    {
        await using var night = new Night($$"""my.journal { class = "{{typeof(TalkativeJournal).AssemblyQualifiedName}}", greeting = hello }""");
        var extension = Persistence.Instance.Apply(night.System);

        Assert.Equal("hello", await extension.JournalFor("my.journal").Ask<string>("greeting", Patience, TestContext.Current.CancellationToken));
        Assert.Same(extension.JournalFor("my.journal"), extension.JournalFor("my.journal"));
        Assert.NotEqual(extension.JournalFor("akka.persistence.journal.inmem"), extension.Journal);
    }

    [Theory]
    [InlineData("my.journal { }", "names no class")]
    [InlineData("my.journal { class = \"No.Such, Thing\" }", "there is no type No.Such, Thing")]
    [InlineData("my.journal { class = \"System.String\" }", "is System.String, which is no actor")]
    public async Task that_cannot_be_made_are_refused_with_the_place(string configuration, string problem)
    {
        await using var night = new Night(configuration);
        var extension = Persistence.Instance.Apply(night.System);

        var refusal = Assert.Throws<ConfigurationException>(() => extension.JournalFor("my.journal"));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("configuration:1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_nobody_knows_are_refused()
    {
        await using var night = new Night("");

        Assert.Contains("[my.journal]", Assert.Throws<ArgumentException>(() => Persistence.Instance.Apply(night.System).JournalFor("my.journal")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task bring_their_adapters_with_them()
    {
        await using var night = new Night($$"""
            akka.persistence.journal {
              plugin = akka.persistence.journal.inmem
              inmem {
                class = "{{typeof(MemoryJournal).AssemblyQualifiedName}}"
                event-adapters { shout = "{{typeof(Shouting).AssemblyQualifiedName}}", twice = "{{typeof(Twice).AssemblyQualifiedName}}" }
                event-adapter-bindings { "System.String" = shout, "System.Object" = [shout, twice] }
              }
            }
            """);
        var probe = new Probe(night.System);
        var ledger = night.System.ActorOf(Props.Create(() => new Ledger("id", probe.Ref)));
        ledger.Tell("quiet");
        await probe.Expect("recovered 0", "quiet@1");
        await ledger.GracefulStop(Patience);
        await probe.Expect("stopped");

        night.System.ActorOf(Props.Create(() => new Ledger("id", probe.Ref)));
        await probe.Expect("recover QUIET", "recovered 1");
    }

    [Fact]
    public void that_only_read_pass_what_is_written_and_several_together_refuse_it()
    {
        var reader = new OneWay();
        var both = new CombinedReadEventAdapter([reader, reader]);

        Assert.Equal(["e", "e", "e", "e"], both.FromJournal("e", "").Events);
        Assert.Contains("2 adapters", Assert.Throws<InvalidOperationException>(() => both.ToJournal("e")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => both.Manifest("e"));
    }

    [Fact]
    public async Task may_be_plain_actors_that_answer_by_tell()
    {
        await using var night = new Night($$"""
            akka.persistence.journal.plugin = my.journal
            my.journal.class = "{{typeof(PlainJournal).AssemblyQualifiedName}}"
            """);
        var probe = new Probe(night.System);
        var ledger = night.System.ActorOf(Props.Create(() => new Ledger("id", probe.Ref)));
        ledger.Tell("two");
        ledger.Tell("entries");

        await probe.Expect("recover old", "recovered 1", "end of command", "e1@2", "e2@3", "entries old,e1,e2");
    }

    [Fact]
    public async Task keep_snapshots_where_the_configuration_says()
    {
        await using var night = new Night($$"""
            akka.persistence.snapshot-store.plugin = my.snapshots
            my.snapshots.class = "{{typeof(MemorySnapshotStore).AssemblyQualifiedName}}"
            """);
        var store = Persistence.Instance.Apply(night.System).SnapshotStoreFor("");
        var saved = await store.Ask<SaveSnapshotSuccess>(new SaveSnapshot(new SnapshotMetadata("id", 3, DateTime.UnixEpoch), "so far"), Patience, TestContext.Current.CancellationToken);

        Assert.Equal(3, saved.Metadata.SequenceNr);
    }

    private sealed class Night(string configuration) : IAsyncDisposable
    {
        public ActorSystem System { get; } = ActorSystem.Create("named", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(configuration))));

        public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(Patience);
    }

    public sealed class TalkativeJournal(Config config) : MemoryJournal
    {
        protected override bool ReceivePluginInternal(object message)
        {
            Sender.Tell(config.GetString("greeting")!);
            return true;
        }
    }

    /// <summary>Knows one event of everybody, and takes whatever it gets.</summary>
    public sealed class PlainJournal : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case ReplayMessages replay:
                    replay.PersistentActor.Tell(new ReplayedMessage(new Persistent("old", 1, replay.PersistenceId)));
                    replay.PersistentActor.Tell(new RecoverySuccess(1));
                    break;
                case WriteMessages write:
                    write.PersistentActor.Tell(new WriteMessagesSuccessful(write.ActorInstanceId));
                    foreach (var stored in write.Messages.SelectMany(atomic => atomic.Payload))
                        write.PersistentActor.Tell(new WriteMessageSuccess(stored, write.ActorInstanceId));
                    break;
            }
        }
    }

    public sealed class Shouting : IWriteEventAdapter
    {
        public string Manifest(object evt) => "";

        public object ToJournal(object evt) => ((string)evt).ToUpperInvariant();
    }

    public sealed class Twice : IReadEventAdapter
    {
        public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Create(evt, evt);
    }

    private sealed class OneWay : IEventAdapter
    {
        public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Create(evt, evt);

        public string Manifest(object evt) => "";

        public object ToJournal(object evt) => evt;
    }
}
