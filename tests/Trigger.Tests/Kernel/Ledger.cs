using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;

namespace Trigger.Tests.Kernel;

/// <summary>A persistent actor that does what its commands say and writes down what happens.</summary>
public sealed class Ledger : ReceivePersistentActor
{
    private readonly IActorRef _log;
    private readonly List<string> _entries = [];

    public Ledger(string id, IActorRef log)
    {
        PersistenceId = id;
        _log = log;
        Recover<string>(e =>
        {
            _log.Tell($"recover {e}");
            if (e == "poison")
                throw new InvalidOperationException("cannot");
            _entries.Add(e);
        });
        Recover<RecoveryCompleted>(_ => _log.Tell($"recovered {LastSequenceNr}"));
        Command<string>(Do);
    }

    public override string PersistenceId { get; }

    protected override void PreRestart(Exception reason, object? message)
    {
        _log.Tell($"restart after {(message is IPersistentRepresentation stored ? "event " + stored.Payload : message)}");
        base.PreRestart(reason, message);
    }

    protected override void PostStop() => _log.Tell("stopped");

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _log.Tell($"failed {@event} {sequenceNr}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _log.Tell($"rejected {@event} {sequenceNr}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _log.Tell($"recovery failed {message}");

    private void Do(string command)
    {
        switch (command)
        {
            case "two":
                Persist("e1", Note);
                Persist("e2", Note);
                _log.Tell("end of command");
                break;
            case "nested":
                Persist("o1", e => { Note(e); Persist("i1", Note); });
                Persist("o2", e => { Note(e); Persist("i2", Note); });
                break;
            case "mixed":
                Persist("p1", Note);
                PersistAsync("a1", Note);
                DeferAsync("d1", Note);
                Persist("p2", Note);
                break;
            case "all":
                PersistAll(["x", "y", "z"], Note);
                break;
            case "all and done":
                PersistAll(["x", "y"], Note, () => _log.Tell("done"));
                break;
            case "nothing and done":
                PersistAll(Array.Empty<string>(), Note, async () =>
                {
                    await Task.Yield();
                    _log.Tell("done");
                });
                break;
            case "all later and done later":
                PersistAllAsync(
                    ["x", "y"],
                    async e =>
                    {
                        await Task.Yield();
                        Note(e);
                    },
                    async () =>
                    {
                        await Task.Yield();
                        _log.Tell("done");
                    });
                break;
            case "async":
                PersistAsync("1", Note);
                break;
            case "defer":
                DeferAsync("now", Note);
                _log.Tell("end of command");
                break;
            case "later":
                Persist("slow", async e => { await Task.Yield(); Note(e); });
                break;
            case "boom":
                throw new InvalidOperationException("boom");
            case "handler boom":
                Persist("hb", _ => throw new InvalidOperationException("boom"));
                break;
            case "entries":
                _log.Tell("entries " + string.Join(",", _entries));
                break;
            default:
                Persist(command, Note);
                break;
        }
    }

    private void Note(string e)
    {
        _entries.Add(e);
        _log.Tell($"{e}@{LastSequenceNr}");
    }
}
