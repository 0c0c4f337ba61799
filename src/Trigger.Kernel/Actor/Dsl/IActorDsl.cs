namespace Trigger.Kernel.Actor.Dsl;

/// <summary>What a lambda may say of the actor it makes.</summary>
public interface IActorDsl
{
    Action<IActorContext>? OnPreStart { get; set; }

    Action<IActorContext>? OnPostStop { get; set; }

    Action<Exception, object?, IActorContext>? OnPreRestart { get; set; }

    Action<Exception, IActorContext>? OnPostRestart { get; set; }

    SupervisorStrategy? Strategy { get; set; }

    void Receive<T>(Action<T, IActorContext> handler);

    void Receive<T>(Action<T, IActorContext> handler, Predicate<T> shouldHandle);

    void Receive<T>(Predicate<T> shouldHandle, Action<T, IActorContext> handler);

    void ReceiveAny(Action<object, IActorContext> handler);

    void ReceiveAsync<T>(Func<T, IActorContext, Task> handler, Predicate<T>? shouldHandle = null);

    void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, IActorContext, Task> handler);

    void ReceiveAnyAsync(Func<object, IActorContext, Task> handler);

    /// <summary>What happens at the start when nothing else was said; for use within what was said.</summary>
    void DefaultPreStart();

    void DefaultPostStop();

    void DefaultPreRestart(Exception reason, object? message);

    void DefaultPostRestart(Exception reason);

    void Become(Action<object, IActorContext> handler);

    void BecomeStacked(Action<object, IActorContext> handler);

    void UnbecomeStacked();

    /// <summary>A child.</summary>
    IActorRef ActorOf(Action<IActorDsl> config, string? name = null);
}
