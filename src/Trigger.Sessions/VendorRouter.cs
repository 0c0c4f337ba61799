using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Sessions;

/// <summary>
/// Supervises the sessions of one vendor's devices: one session per device, no more at a time than the limit, the others in the order they came.
/// A session that fails is not restarted, because nobody knows what the device heard last; its caller is told.
/// </summary>
public sealed class VendorRouter : ReceiveActor
{
    /// <summary>How many conversations may wait for one device.</summary>
    public const int WaitingPerDevice = 64;

    private readonly Dictionary<string, Open> open = new(StringComparer.Ordinal);
    private readonly Queue<(Reach Reach, IActorRef Caller)> waiting = new();
    private readonly SessionPlan plan;
    private readonly int limit;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private int names;

    public VendorRouter(SessionPlan plan, int limit)
    {
        this.plan = plan;
        this.limit = limit;
        Receive<Reach>(reach => reach.Command is SessionCommand.Converse, Admit);
        Receive<Reach>(Pass);
        Receive<SessionRested>(rested => Rested(rested.Device.Name));
        Receive<Terminated>(gone => Died(gone.ActorRef));
    }

    /// <summary>A device's session and the conversations it owes an end to, the current one first.</summary>
    private sealed record Open(IActorRef Session, Queue<(ConversationId Id, IActorRef Caller)> Owed);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(surprise =>
    {
        log.Error(surprise, "A device session failed; its conversation is reported as lost.");
        return Directive.Stop;
    });

    private void Admit(Reach reach)
    {
        if (open.TryGetValue(reach.Device.Name, out var session))
        {
            if (session.Owed.Count > WaitingPerDevice)
                Turn(reach, new DeviceFault.EngineFailed($"{WaitingPerDevice} conversations already wait for {reach.Device.Name}; try later."));
            else
                Hand(session, reach, Sender);
        }
        else if (open.Count < limit)
        {
            Begin(reach, Sender);
        }
        else
        {
            waiting.Enqueue((reach, Sender));
        }
    }

    private void Begin(Reach reach, IActorRef caller)
    {
        if (plan.PlatformOf(reach.Device) is not { } platform)
        {
            caller.Tell(new SessionFact.Ended(
                ((SessionCommand.Converse)reach.Command).Id, new DeviceFault.EngineFailed($"There is no platform '{reach.Device.Platform}'.")));
            return;
        }

        var session = Context.ActorOf(Props.Create(() => new DeviceSession(reach.Device, platform, plan)), $"device-{names++}");
        Context.Watch(session);
        var opened = new Open(session, new Queue<(ConversationId, IActorRef)>(1));
        open.Add(reach.Device.Name, opened);
        Hand(opened, reach, caller);
    }

    private static void Hand(Open session, Reach reach, IActorRef caller)
    {
        session.Owed.Enqueue((((SessionCommand.Converse)reach.Command).Id, caller));
        session.Session.Tell(reach.Command, caller);
    }

    private void Turn(Reach reach, DeviceFault fault) =>
        Sender.Tell(new SessionFact.Ended(((SessionCommand.Converse)reach.Command).Id, fault));

    private void Pass(Reach reach)
    {
        if (open.TryGetValue(reach.Device.Name, out var session))
            session.Session.Forward(reach.Command);
        else if (reach.Command is SessionCommand.Cancel cancel)
            Withdraw(cancel);
    }

    private void Withdraw(SessionCommand.Cancel cancel)
    {
        for (var left = waiting.Count; left > 0; left--)
        {
            var (reach, caller) = waiting.Dequeue();
            if (((SessionCommand.Converse)reach.Command).Id == cancel.Id)
                caller.Tell(new SessionFact.Ended(cancel.Id, new DeviceFault.Cancelled(cancel.By)));
            else
                waiting.Enqueue((reach, caller));
        }
    }

    private void Rested(string device)
    {
        if (!open.TryGetValue(device, out var session))
            return;

        session.Owed.Dequeue();
        if (session.Owed.Count > 0)
            return;

        open.Remove(device);
        Context.Unwatch(session.Session);
        Context.Stop(session.Session);
        Next();
    }

    private void Died(IActorRef session)
    {
        foreach (var (device, dead) in open)
        {
            if (!dead.Session.Equals(session))
                continue;

            open.Remove(device);
            foreach (var (id, caller) in dead.Owed)
                caller.Tell(new SessionFact.Ended(id, new DeviceFault.EngineFailed("The session failed inside the engine; its log tells where.")));
            break;
        }

        Next();
    }

    private void Next()
    {
        while (open.Count < limit && waiting.TryDequeue(out var next))
        {
            if (open.TryGetValue(next.Reach.Device.Name, out var session))
                Hand(session, next.Reach, next.Caller);
            else
                Begin(next.Reach, next.Caller);
        }
    }
}
