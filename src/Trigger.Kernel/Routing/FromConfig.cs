using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>A router that is described in the configuration, under <c>akka.actor.deployment</c> and the actor's path below <c>/user</c>.</summary>
public class FromConfig : Pool
{
    public FromConfig()
        : this(null, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId)
    {
    }

    public FromConfig(Resizer? resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher)
        : base(0, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher: false)
    {
    }

    public static FromConfig Instance { get; } = new();

    public FromConfig WithResizer(Resizer resizer) => new(resizer, SupervisorStrategy, RouterDispatcher);

    public FromConfig WithSupervisorStrategy(SupervisorStrategy strategy) => new(Resizer, strategy, RouterDispatcher);

    public FromConfig WithDispatcher(string dispatcherId) => new(Resizer, SupervisorStrategy, dispatcherId);

    public Props Props() => Actor.Props.Empty.WithRouter(this);

    public override int GetNrOfInstances(ActorSystem system) => 0;

    public override Router CreateRouter(ActorSystem system) => throw new NotSupportedException("FromConfig stands for another router and makes none itself.");

    public override void VerifyConfig(ActorPath path) =>
        throw new ConfigurationException($"Configuration missing for router [{path}] in 'akka.actor.deployment' section.");
}
