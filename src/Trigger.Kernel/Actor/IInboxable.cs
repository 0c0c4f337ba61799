namespace Trigger.Kernel.Actor;

/// <summary>Something that can be told messages and watch actors, and is read from outside of actors.</summary>
public interface IInboxable : ICanWatch
{
    IActorRef Receiver { get; }

    object Receive();

    object Receive(TimeSpan timeout);

    object? ReceiveWhere(Predicate<object> predicate);

    object? ReceiveWhere(Predicate<object> predicate, TimeSpan timeout);

    Task<object> ReceiveAsync();

    Task<object> ReceiveAsync(TimeSpan timeout);

    void Send(IActorRef target, object message);
}
