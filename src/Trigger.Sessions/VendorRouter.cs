using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Sessions.Netconf;

namespace Trigger.Sessions;

/// <summary>
/// Supervises the sessions of one vendor's devices: one session per device, one conversation at a time in it, no more devices at a time than the limit, the others in the order they
/// came. A session that fails is not restarted, because nobody knows what the device heard last; its caller is told.
/// </summary>
public sealed class VendorRouter : ReceiveActor
{
    /// <summary>How many conversations may wait for one device.</summary>
    public const int WaitingPerDevice = 64;

    private readonly Dictionary<string, Open> open = new(StringComparer.Ordinal);
    private readonly Queue<Wish> waiting = new();
    private readonly SessionPlan plan;
    private readonly int limit;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private int names;

    public VendorRouter(SessionPlan plan, int limit)
    {
        this.plan = plan;
        this.limit = limit;
        Receive<Reach>(reach => reach.Command is SessionCommand.Converse, reach => Admit(new Wish(reach, Sender)));
        Receive<Reach>(reach => reach.Command is SessionCommand.Abandon, reach => Abandon(reach.Device.Name, ((SessionCommand.Abandon)reach.Command).Node));
        Receive<Reach>(Pass);
        Receive<SessionRested>(rested => Rested(rested.Device.Name));
        Receive<Terminated>(gone => Died(gone.ActorRef));
    }

    /// <summary>A conversation that somebody wants.</summary>
    private sealed record Wish(Reach Reach, IActorRef Caller)
    {
        public SessionCommand.Converse Talk => (SessionCommand.Converse)Reach.Command;

        public string Device => Reach.Device.Name;

        public void Deny(DeviceFault fault) => Caller.Tell(new SessionFact.Ended(Talk.Id, fault));
    }

    /// <summary>A device's session, the conversation it is in, and those that wait for the device.</summary>
    private sealed record Open(IActorRef Session, Wish Current, Queue<Wish> Next);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(surprise =>
    {
        log.Error(surprise, "A device session failed; its conversation is reported as lost.");
        return Directive.Stop;
    });

    private void Admit(Wish wish)
    {
        if (wish.Talk.ReadOnly && plan.PlatformOf(wish.Reach.Device) is { } platform && ReadOnlyWall.Why(wish.Talk, platform) is { } forbidden)
        {
            wish.Deny(forbidden);
            return;
        }

        if (!open.TryGetValue(wish.Device, out var session))
            waiting.Enqueue(wish);
        else if (session.Next.Count >= WaitingPerDevice)
            wish.Deny(new DeviceFault.EngineFailed($"{WaitingPerDevice} conversations already wait for {wish.Device}; try later."));
        else
            session.Next.Enqueue(wish);

        Fill();
    }

    private void Pass(Reach reach)
    {
        var session = open.GetValueOrDefault(reach.Device.Name);
        session?.Session.Forward(reach.Command);
        if (reach.Command is not SessionCommand.Cancel cancel)
            return;

        Withdraw(cancel, waiting);
        if (session is not null)
            Withdraw(cancel, session.Next);
    }

    private static void Withdraw(SessionCommand.Cancel cancel, Queue<Wish> queue)
    {
        for (var left = queue.Count; left > 0; left--)
        {
            var wish = queue.Dequeue();
            if (wish.Talk.Id == cancel.Id)
                wish.Deny(new DeviceFault.Cancelled(cancel.By));
            else
                queue.Enqueue(wish);
        }
    }

    private void Abandon(string device, string node)
    {
        var lost = new DeviceFault.NodeLost(node);
        for (var left = waiting.Count; left > 0; left--)
        {
            var wish = waiting.Dequeue();
            if (wish.Device == device)
                wish.Deny(lost);
            else
                waiting.Enqueue(wish);
        }

        if (!open.Remove(device, out var session))
            return;

        // A session that is stopped resets its line.
        Context.Unwatch(session.Session);
        Context.Stop(session.Session);
        session.Current.Deny(lost);
        foreach (var wish in session.Next)
            wish.Deny(lost);
        Fill();
    }

    private void Rested(string device)
    {
        if (!open.TryGetValue(device, out var session))
            return;

        Context.Unwatch(session.Session);
        Context.Stop(session.Session);
        GoOn(session);
    }

    private void Died(IActorRef session)
    {
        if (open.Values.FirstOrDefault(open => open.Session.Equals(session)) is not { } dead)
            return;

        dead.Current.Deny(new DeviceFault.EngineFailed("The session failed inside the engine; its log tells where."));
        GoOn(dead);
    }

    /// <summary>What waited for the device comes next, before anybody who waits for a free place.</summary>
    private void GoOn(Open before)
    {
        open.Remove(before.Current.Device);
        if (before.Next.TryDequeue(out var next))
            Begin(next, before.Next);
        Fill();
    }

    private void Fill()
    {
        while (open.Count < limit && waiting.TryDequeue(out var wish))
        {
            if (open.TryGetValue(wish.Device, out var session))
                session.Next.Enqueue(wish);
            else
                Begin(wish, new Queue<Wish>(0));
        }
    }

    private void Begin(Wish wish, Queue<Wish> next)
    {
        var device = wish.Reach.Device;
        if (plan.PlatformOf(device) is not { } platform)
        {
            var fault = new DeviceFault.EngineFailed($"There is no platform '{device.Platform}'.");
            wish.Deny(fault);
            foreach (var other in next)
                other.Deny(fault);
            return;
        }

        var session = Context.ActorOf(
            wish.Talk.Language == SessionLanguage.Netconf
                ? Props.Create(() => new NetconfDeviceSession(device, platform, plan))
                : Props.Create(() => new DeviceSession(device, platform, plan)),
            $"device-{names++}");
        Context.Watch(session);
        open.Add(device.Name, new Open(session, wish, next));
        session.Tell(wish.Talk, wish.Caller);
    }
}
