using Trigger.Kernel.Actor;

namespace Trigger.Lab.Simulating;

/// <summary>An actor that writes down what it is told, and watches for a test.</summary>
public sealed class SimulatedProbe
{
    private readonly List<(object Message, IActorRef Sender)> seen = [];

    internal SimulatedProbe(ActorSystem system, string? name) => Ref = system.ActorOf(Props.Create(() => new Writer(seen)), name);

    public IActorRef Ref { get; }

    /// <summary>Everything received so far, in order.</summary>
    public IReadOnlyList<object> Messages => [.. seen.Select(received => received.Message)];

    public IReadOnlyList<(object Message, IActorRef Sender)> Received => seen;

    public void Watch(IActorRef subject) => Ref.Tell(new Watching(subject), ActorRefs.NoSender);

    private sealed record Watching(IActorRef Subject);

    private sealed class Writer(List<(object, IActorRef)> seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Watching watching)
                Context.Watch(watching.Subject);
            else
                seen.Add((message, Sender));
        }
    }
}
