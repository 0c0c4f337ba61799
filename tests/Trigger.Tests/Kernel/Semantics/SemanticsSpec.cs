using Trigger.Kernel.Actor;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Kernel.Semantics;

/// <summary>
/// Behaviours of genuine Akka.NET 1.5, each as the trace that it leaves there. They run in a simulation, under several seeds, so that what must not depend on
/// chance does not, and every timer rings at its exact time.
/// </summary>
public abstract class SemanticsSpec
{
    private const int Seeds = 25;

    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private protected static void Gives(string expected, Action<Simulation, Trace> script) => Under(script, trace => Assert.Equal(expected, trace.ToString()));

    /// <summary>For what is a race in genuine Akka.NET too.</summary>
    private protected static void Under(Action<Simulation, Trace> script, Action<Trace> check) => Simulation.Explore(Seeds, simulation =>
    {
        var trace = new Trace();
        script(simulation, trace);
        check(trace);
    });

    private protected static IActorRef Spawn(Simulation simulation, Func<ActorBase> actor, string? name = null)
    {
        var spawned = simulation.System.ActorOf(Props.Create(actor), name);
        simulation.Settle();
        return spawned;
    }

    private protected static void Tell(Simulation simulation, IActorRef actor, params object[] messages)
    {
        foreach (var message in messages)
            actor.Tell(message, ActorRefs.NoSender);
        simulation.Settle();
    }

    private protected static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
