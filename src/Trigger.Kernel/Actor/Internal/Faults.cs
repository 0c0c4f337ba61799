namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// How a cell begins, fails, starts over and ends.
/// <code>
///   Create ──▶ alive ──failure──▶ failed ──Resume──▶ alive
///               │                   │
///               │                   └─Recreate─▶ restarting (children first) ──▶ alive
///               └─────────Terminate────────────▶ stopping  (children first) ──▶ stopped
/// </code>
/// </summary>
internal sealed class Faults(ActorCell cell)
{
    private Phase _phase = Phase.Alive;
    private Exception? _restartCause;
    private LocalActorRef? _perpetrator;
    private bool _failed;

    private enum Phase : byte
    {
        Alive,
        Restarting,
        Stopping,
        Stopped,
    }

    internal void Create()
    {
        try
        {
            cell.NewActor();
            cell.Actor!.AroundPreStart();
            if (Tells)
                Publish(new ActorStarted(cell.Self, cell.Actor.GetType()));
        }
        catch (Exception cause)
        {
            cell.Actor = null;
            HandleInvokeFailure(cause as ActorInitializationException
                ?? new ActorInitializationException(cell.Self, $"Exception during creation of {cell.Self.Path}: {cause.Message}", cause));
        }
    }

    internal void HandleInvokeFailure(Exception cause, LocalActorRef? perpetrator = null)
    {
        if (_failed || _phase is Phase.Stopping or Phase.Stopped)
        {
            cell.System.LogFailure(cell.Self, cell.Actor?.GetType(), cause, $"Exception in {cell.Self.Path}, which has failed or is stopping already");
            return;
        }

        _failed = true;
        _perpetrator = perpetrator;
        cell.Mailbox.Suspend();
        foreach (var child in cell.ChildrenIfAny?.Snapshot() ?? [])
        {
            // Whose failure this is has suspended itself.
            if (!ReferenceEquals(child, perpetrator))
                child.SendSystem(new SystemMessage.Suspend());
        }

        cell.InternalParent.SendSystem(new SystemMessage.Failed(cell.LocalSelf, cause));
    }

    internal void Suspend()
    {
        cell.Mailbox.Suspend();
        foreach (var child in cell.ChildrenIfAny?.Snapshot() ?? [])
            child.SendSystem(new SystemMessage.Suspend());
    }

    internal void Resume(bool clearsFailure)
    {
        if (_phase != Phase.Alive)
            return;

        if (cell.Actor is null && clearsFailure)
        {
            // It failed as it was made; there is nothing to go on with but another attempt.
            StartOver();
            return;
        }

        cell.Mailbox.Resume();
        var perpetrator = _perpetrator;
        if (clearsFailure)
        {
            _failed = false;
            _perpetrator = null;
            cell.Current = default;
        }

        foreach (var child in cell.ChildrenIfAny?.Snapshot() ?? [])
            child.SendSystem(new SystemMessage.Resume(clearsFailure: ReferenceEquals(child, perpetrator)));
    }

    internal void Recreate(Exception cause)
    {
        if (_phase != Phase.Alive)
        {
            cell.Mailbox.Resume();
            return;
        }

        _restartCause = cause;
        if (cell.Actor is not { } actor)
        {
            StartOver();
            return;
        }

        cell.TimersIfAny?.CancelAll();
        cell.UnstashAll();
        try
        {
            actor.AroundPreRestart(cause, cell.Current.Message);
        }
        catch (Exception failure)
        {
            cell.System.LogFailure(cell.Self, actor.GetType(), failure, $"Exception in PreRestart of {cell.Self.Path}");
        }

        cell.Async.Abandon();
        cell.Mailbox.IsHeld = false;
        cell.Props.Release(actor);
        cell.Actor = null;
        cell.Current = default;
        _phase = Phase.Restarting;
        ChildTerminated();
    }

    internal void Terminate()
    {
        if (_phase is Phase.Stopping or Phase.Stopped)
            return;

        _phase = Phase.Stopping;
        cell.SetReceiveTimeout(null);
        cell.UnwatchAll();
        cell.Mailbox.Suspend();
        cell.ChildrenIfAny?.Close();
        foreach (var child in cell.ChildrenIfAny?.Snapshot() ?? [])
            child.Stop();
        ChildTerminated();
    }

    /// <summary>One child fewer; perhaps it was the last we waited for.</summary>
    internal void ChildTerminated()
    {
        switch (_phase)
        {
            case Phase.Stopping when cell.ChildrenIfAny is null or { Count: 0 }:
                _phase = Phase.Stopped;
                var type = cell.Actor?.GetType() ?? cell.Props.Type;
                cell.FinishTermination();
                if (Tells)
                    Publish(new ActorStopped(cell.Self, type));
                break;
            case Phase.Restarting when cell.ChildrenIfAny is null or { StoppingCount: 0 }:
                FinishRestart();
                break;
        }
    }

    internal void HandleChildFailure(SystemMessage.Failed failed)
    {
        // A child that is gone, or of another incarnation, has nobody to be judged for.
        if (_phase is Phase.Stopping or Phase.Stopped || cell.ChildrenIfAny?.StatsOf(failed.Child) is not { } stats)
            return;

        var before = cell.Current;
        cell.Current = new Envelope(failed, failed.Child);
        var failure = failed.Cause;
        try
        {
            var strategy = cell.Actor?.OwnStrategy ?? SupervisorStrategy.DefaultStrategy;
            if (strategy.HandleFailure(cell, failed.Child, failed.Cause, stats, cell.Children.AllStats()))
            {
                cell.Current = before;
                return;
            }
        }
        catch (Exception ownFailure)
        {
            failure = ownFailure;
        }

        HandleInvokeFailure(failure, failed.Child);
    }

    private bool Tells => cell.System.Settings.EmitActorTelemetry;

    private void Publish(IActorTelemetryEvent step) => cell.System.EventStream.Publish(step);

    private void StartOver()
    {
        _restartCause = null;
        _phase = Phase.Restarting;
        foreach (var child in cell.ChildrenIfAny?.Snapshot() ?? [])
            cell.Stop(child);
        ChildTerminated();
    }

    private void FinishRestart()
    {
        var survivors = cell.ChildrenIfAny?.Snapshot() ?? [];
        var cause = _restartCause;
        _restartCause = null;
        _perpetrator = null;
        _failed = false;
        _phase = Phase.Alive;
        cell.Mailbox.Resume();
        if (cause is null)
        {
            Create();
            return;
        }

        try
        {
            cell.NewActor();
            cell.Actor!.AroundPostRestart(cause, null);
            if (Tells)
                Publish(new ActorRestarted(cell.Self, cell.Actor.GetType(), cause));
            foreach (var child in survivors)
                child.SendSystem(new SystemMessage.Recreate(cause));
        }
        catch (Exception failure)
        {
            cell.Actor = null;
            HandleInvokeFailure(new PostRestartException(cell.Self, failure, cause));
        }
    }
}
