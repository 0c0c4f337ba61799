using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>An actor that declares a handler for each type of message, in its constructor or in what it becomes.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly HandlerSet _initial = new();
    private HandlerSet? _declaring;

    protected ReceiveActor() => _declaring = _initial;

    private HandlerSet Declaring =>
        _declaring ?? throw new InvalidOperationException("Receive may be called in the constructor and in the action given to Become only.");

    protected sealed override void OnReceive(object message)
    {
        // The first message ends the declarations of the constructor.
        _declaring = null;
        if (!_initial.Handle(message))
            Unhandled(message);
    }

    protected void Become(Action configure) => Context.Become(Declare(configure));

    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Declare(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Declaring.Add(handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Declaring.Add(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Declaring.Add(handler);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Declaring.Add(messageType, handler, shouldHandle);

    /// <param name="handler">False for what it did not handle after all.</param>
    protected void Receive(Type messageType, Func<object, bool> handler) => Declaring.Add<object>(message => messageType.IsInstanceOfType(message) && handler(message));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Declaring.Add(messageType, handler, shouldHandle);

    protected void ReceiveAny(Action<object> handler) => Declaring.Add(handler, shouldHandle: null);

    /// <summary>The actor receives nothing else until the task has ended; Self, Sender and Context stay valid after each await.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Declaring.Add(message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Declaring.Add(messageType, message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => Declaring.Add<object>(message => RunTask(() => handler(message)), shouldHandle: null);

    private Receive Declare(Action configure)
    {
        var before = _declaring;
        var handlers = new HandlerSet();
        _declaring = handlers;
        try
        {
            configure();
        }
        finally
        {
            _declaring = before;
        }

        return handlers.Handle;
    }
}
