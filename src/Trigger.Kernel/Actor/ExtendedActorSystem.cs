using Trigger.Kernel.Actor.Setup;

namespace Trigger.Kernel.Actor;

/// <summary>A system as its extensions see it.</summary>
public sealed class ExtendedActorSystem : ActorSystem
{
    internal ExtendedActorSystem(string name, ActorSystemSetup setup)
        : base(name, setup)
    {
    }

    /// <summary>The parent of the user's top-level actors.</summary>
    public IActorRef Guardian => UserGuardian;

    public new IActorRef SystemGuardian => base.SystemGuardian;

    /// <summary>An actor beside the user's, which outlives them.</summary>
    public new IActorRef SystemActorOf(Props props, string? name = null) => base.SystemActorOf(props, name);

    public IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new() => base.SystemActorOf(Props.Create(static () => new TActor()), name);

    /// <summary>The tree of actors as text, one line each, for people.</summary>
    public string PrintTree()
    {
        var text = new System.Text.StringBuilder();
        Print(text, UserGuardian, depth: 0);
        Print(text, base.SystemGuardian, depth: 0);
        return text.ToString();
    }

    /// <summary>Stops the actors at once, without the phases of <see cref="CoordinatedShutdown"/>.</summary>
    public void Abort() => StopActors();

    private static void Print(System.Text.StringBuilder text, Internal.LocalActorRef actor, int depth)
    {
        text.Append(' ', depth * 4).Append("-> ").Append(actor.Path.Name).Append(' ').Append(actor.Cell.Props.Type.Name).AppendLine();
        foreach (var child in actor.Cell.ChildrenIfAny?.Snapshot() ?? [])
            Print(text, child, depth + 1);
    }
}
