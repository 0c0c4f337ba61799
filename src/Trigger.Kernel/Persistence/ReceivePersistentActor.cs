using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Persistence;

/// <summary>A persistent actor that declares a handler for each type of event and command.</summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    private readonly HandlerSet _recovers = new();
    private readonly HandlerSet _commands = new();
    private HandlerSet? _declaring;

    protected ReceivePersistentActor() => _declaring = _commands;

    private HandlerSet Declaring =>
        _declaring ?? throw new InvalidOperationException("Command may be called in the constructor and in the action given to Become only.");

    protected sealed override void OnRecover(object message)
    {
        _declaring = null;
        if (!_recovers.Handle(message))
            Unhandled(message);
    }

    protected sealed override void OnCommand(object message)
    {
        _declaring = null;
        if (!_commands.Handle(message))
            Unhandled(message);
    }

    protected void Become(Action configure) => Cell.Become(Declare(configure));

    protected void BecomeStacked(Action configure) => Cell.BecomeStacked(Declare(configure));

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _recovers.Add(handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => _recovers.Add(handler, shouldHandle);

    protected void Recover<T>(Func<T, bool> handler) => _recovers.Add(handler);

    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) => _recovers.Add(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Func<object, bool> handler) => _recovers.Add<object>(message => messageType.IsInstanceOfType(message) && handler(message));

    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => _recovers.Add(messageType, handler, shouldHandle);

    protected void RecoverAny(Action<object> handler) => _recovers.Add(handler, shouldHandle: null);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Declaring.Add(handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Declaring.Add(handler, shouldHandle);

    protected void Command<T>(Func<T, bool> handler) => Declaring.Add(handler);

    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) => Declaring.Add(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Func<object, bool> handler) => Declaring.Add<object>(message => messageType.IsInstanceOfType(message) && handler(message));

    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Declaring.Add(messageType, handler, shouldHandle);

    protected void Command(Action<object> handler) => CommandAny(handler);

    protected void CommandAny(Action<object> handler) => Declaring.Add(handler, shouldHandle: null);

    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Declaring.Add(message => RunTask(() => handler(message)), shouldHandle);

    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => CommandAsync(handler, shouldHandle);

    protected void CommandAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Declaring.Add(messageType, message => RunTask(() => handler(message)), shouldHandle);

    protected void CommandAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => CommandAsync(messageType, handler, shouldHandle);

    protected void CommandAnyAsync(Func<object, Task> handler) => Declaring.Add<object>(message => RunTask(() => handler(message)), shouldHandle: null);

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
