namespace Trigger.Kernel.Actor.Internal;

/// <summary>The typed handlers of one behaviour, tried in the order they were declared.</summary>
internal sealed class HandlerSet
{
    private MessageHandler[] _handlers = [];
    private int _count;
    private bool _takesAll;

    // Messages of one type come in rows; for the type seen last we know which handlers need not be asked.
    private Type? _lastType;
    private int _lastFirst;

    internal void Add<T>(Func<T, bool> handler) => Add(new MessageHandler.Deciding<T>(handler), takesAll: false);

    internal void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        if (shouldHandle is null)
            Add(new MessageHandler.Plain<T>(handler), takesAll: typeof(T) == typeof(object));
        else
            Add(new MessageHandler.Conditional<T>(handler, shouldHandle), takesAll: false);
    }

    internal void Add(Type type, Action<object> handler, Predicate<object>? shouldHandle) =>
        Add(new MessageHandler.ByType(type, handler, shouldHandle), takesAll: shouldHandle is null && type == typeof(object));

    internal bool Handle(object message)
    {
        var handlers = _handlers;
        for (var i = message.GetType() == _lastType ? _lastFirst : FirstFor(message); i < _count; i++)
        {
            if (handlers[i].TryHandle(message))
                return true;
        }

        return false;
    }

    private int FirstFor(object message)
    {
        var first = 0;
        while (first < _count && !_handlers[first].Takes(message))
            first++;

        _lastType = message.GetType();
        _lastFirst = first;
        return first;
    }

    private void Add(MessageHandler handler, bool takesAll)
    {
        if (_takesAll)
            throw new InvalidOperationException("A handler that receives everything has been added; no handler after it could ever be called.");

        if (_count == _handlers.Length)
            Array.Resize(ref _handlers, Math.Max(4, _count * 2));
        _handlers[_count++] = handler;
        _takesAll = takesAll;
        _lastType = null;
    }
}
