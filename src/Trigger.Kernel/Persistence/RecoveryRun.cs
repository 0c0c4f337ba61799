using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Persistence;

/// <summary>
/// One recovery of one incarnation.
/// <code>
///   Begin ──▶ permit ──▶ snapshot, if any ──▶ events ──▶ recovered
///                │            │                 │
///                └────────────┴── silence, failure ──▶ failed
/// </code>
/// </summary>
internal sealed class RecoveryRun(Eventsourced actor, ActorCell cell, PersistenceExtension extension, int instanceId)
{
    private ScheduledEntry? _watchdog;
    private State _state = State.AwaitingPermit;
    private bool _heard;

    private enum State
    {
        AwaitingPermit,
        AwaitingSnapshot,
        Replaying,
        Recovered,
        Failed,
    }

    /// <summary>A recovery that failed never ends: its actor may not go on as if it knew its past.</summary>
    internal bool IsUnderWay => _state != State.Recovered;

    internal void Begin()
    {
        cell.Mailbox.IsHeld = true;
        extension.RecoveryPermitter.Tell(RequestRecoveryPermit.Instance, cell.Self);
    }

    /// <returns>False when the message is none of a recovery's.</returns>
    internal bool Handle(object message)
    {
        switch (message)
        {
            case RecoveryPermitGranted:
                Permitted();
                return true;
            case LoadSnapshotResult loaded when IsUnderWay:
                Loaded(loaded.Snapshot, loaded.ToSequenceNr);
                return true;
            case LoadSnapshotFailed failed when IsUnderWay:
                Fail(failed.Cause, null);
                return true;
            case ReplayedMessage replayed:
                Replayed(replayed.Persistent);
                return true;
            case RecoverySuccess success:
                Succeed(success.HighestSequenceNr);
                return true;
            case ReplayMessagesFailure failure:
                Fail(failure.Cause, null);
                return true;
            case RecoveryTick tick:
                Check(tick);
                return true;
            default:
                return false;
        }
    }

    internal void Stop() => _watchdog?.Cancel();

    private void Permitted()
    {
        if (_state != State.AwaitingPermit)
            return;

        _state = State.AwaitingSnapshot;
        var timeout = extension.RecoveryEventTimeout;
        var (self, tick) = (cell.Self, new RecoveryTick(instanceId));
        _watchdog = cell.System.TimerQueue.Add(timeout, timeout, () => self.Signal(tick, self));

        var recovery = actor.Recovery;
        if (ReferenceEquals(recovery, Recovery.None) || recovery.FromSnapshot == SnapshotSelectionCriteria.None || !actor.HasSnapshotStore)
            Loaded(null, recovery.ToSequenceNr);
        else
            actor.LoadSnapshot(actor.SnapshotterId, recovery.FromSnapshot, recovery.ToSequenceNr);
    }

    private void Loaded(SelectedSnapshot? snapshot, long toSequenceNr)
    {
        if (_state != State.AwaitingSnapshot)
            return;

        _heard = true;
        _state = State.Replaying;
        if (snapshot is not null && !Try(() => actor.OfferSnapshot(snapshot), snapshot))
            return;

        actor.Journal.Tell(
            new ReplayMessages(actor.LastSequenceNr + 1, toSequenceNr, actor.Recovery.ReplayMax, actor.PersistenceId, cell.Self), cell.Self);
    }

    private void Replayed(IPersistentRepresentation replayed)
    {
        if (_state != State.Replaying)
            return;

        _heard = true;
        Try(() => actor.Replay(replayed), replayed.Payload);
    }

    private void Succeed(long highest)
    {
        if (_state != State.Replaying)
            return;

        End(State.Recovered);
        extension.RecoveryPermitter.Tell(ReturnRecoveryPermit.Instance, cell.Self);
        actor.Recovered(highest);
    }

    private bool Try(Action handler, object message)
    {
        try
        {
            handler();
            return true;
        }
        catch (Exception failure)
        {
            Fail(failure, message);
            return false;
        }
    }

    private void Fail(Exception reason, object? message)
    {
        if (_state is State.Recovered or State.Failed)
            return;

        End(State.Failed);
        actor.RecoveryFailed(reason, message);
    }

    private void Check(RecoveryTick tick)
    {
        if (tick.ActorInstanceId != instanceId || _state is State.Recovered or State.Failed)
            return;

        if (!_heard)
        {
            Fail(
                new RecoveryTimedOutException(
                    $"Recovery of [{actor.PersistenceId}] timed out: no {(_state == State.AwaitingSnapshot ? "snapshot" : "event")} within {extension.RecoveryEventTimeout}."),
                null);
        }

        _heard = false;
    }

    private void End(State state)
    {
        _state = state;
        _watchdog?.Cancel();
    }
}
