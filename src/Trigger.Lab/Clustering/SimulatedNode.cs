using Trigger.Cluster;
using Trigger.Cluster.Leases;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Lab.Simulating;

namespace Trigger.Lab.Clustering;

/// <summary>A whole node, with an actor system and a clock of its own, whose processor the simulation can take away.</summary>
public sealed class SimulatedNode
{
    private readonly SimulatedCluster world;
    private readonly List<Action> held = [];
    private readonly NodeClock boot;
    private readonly NodeClock clock;

    internal SimulatedNode(SimulatedCluster world, SeededDispatcher dispatcher, ClusterSettings settings, LeaseRules? rules, double rate)
    {
        (this.world, Name) = (world, settings.Node);
        clock = new NodeClock(world.Clock, rate, WhenRunning);
        boot = new NodeClock(world.Clock, rate, WhenRunning);
        var kernel = new KernelSetup { Time = clock, Random = new Random(world.Random.Next()), Dispatcher = new NodeDispatcher(dispatcher, this), LoggedDeadLetters = 0 };
        var setup = new ClusterSetup(settings with { Clock = boot, NewIncarnation = world.NextIncarnation }, new SimulatedStore(world, this)) { Rules = rules };
        System = ActorSystem.Create(Name.Replace('.', '-'), ActorSystemSetup.Create([kernel, setup]));
        Cluster = Trigger.Cluster.Cluster.Get(System);
    }

    public string Name { get; }

    public ActorSystem System { get; }

    public Trigger.Cluster.Cluster Cluster { get; }

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>Nothing passes between it and the database, in either direction.</summary>
    public bool IsCutOff { get; set; }

    public StoreFaults Faults { get; set; } = new();

    /// <summary>As SIGKILL does.</summary>
    public void Kill()
    {
        IsDead = true;
        held.Clear();
    }

    /// <summary>As SIGSTOP does: its clock runs on.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>As SIGCONT does: what it did not hear arrives now, all at once.</summary>
    public void Thaw()
    {
        IsFrozen = false;
        Action[] missed = [.. held];
        held.Clear();
        foreach (var action in missed)
            Receive(action);
    }

    /// <summary>Its clock of leases shows later than it was, as after a machine slept.</summary>
    public void JumpClock(TimeSpan forward) => boot.Jump(forward);

    /// <summary>Does it in the node: later when it is frozen, never when it is dead.</summary>
    internal void Receive(Action action)
    {
        if (IsDead)
            return;
        if (IsFrozen)
            held.Add(action);
        else
            action();
    }

    /// <summary>Does it after a time on the node's own clock.</summary>
    internal void After(TimeSpan delay, Action action) => world.After(delay, () => Receive(action));

    private Action WhenRunning(Action action) => () => Receive(action);
}
