using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>The listeners of an actor. Used in that actor's turn only.</summary>
public class ListenerSupport
{
    /// <summary>Handles <see cref="ListenerMessage"/>s and nothing else; to be tried before the actor's own behaviour.</summary>
    public Receive ListenerReceive => message =>
    {
        switch (message)
        {
            case Listen listen:
                Add(listen.Listener);
                return true;
            case Deafen deafen:
                Remove(deafen.Listener);
                return true;
            case WithListeners all:
                foreach (var listener in Listeners.ToArray())
                    all.ListenerFunction(listener);
                return true;
            default:
                return false;
        }
    };

    protected HashSet<IActorRef> Listeners { get; } = [];

    public void Add(IActorRef actor) => Listeners.Add(actor);

    public void Remove(IActorRef actor) => Listeners.Remove(actor);

    /// <summary>Tells all of them, as the actor that runs.</summary>
    public void Gossip(object message)
    {
        foreach (var listener in Listeners)
            listener.Tell(message);
    }

    public void Gossip(object message, IActorRef sender)
    {
        foreach (var listener in Listeners)
            listener.Tell(message, sender);
    }
}
