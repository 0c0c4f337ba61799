namespace Trigger.Kernel.Actor.Internal;

/// <summary>The typed handlers of one behaviour, tried in the order they were declared.</summary>
internal sealed class HandlerSet
{
    private Func<object, bool>[] _handlers = [];
    private int _count;
    private bool _takesAll;

    internal void Add<T>(Func<T, bool> handler) => Add(message => message is T typed && handler(typed), takesAll: false);

    internal void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        // Two lambdas instead of one, since most handlers have no condition and this runs for every message.
        if (shouldHandle is null)
        {
            Add(
                message =>
                {
                    if (message is not T typed)
                        return false;
                    handler(typed);
                    return true;
                },
                takesAll: typeof(T) == typeof(object));
            return;
        }

        Add(
            message =>
            {
                if (message is not T typed || !shouldHandle(typed))
                    return false;
                handler(typed);
                return true;
            },
            takesAll: false);
    }

    internal void Add(Type type, Action<object> handler, Predicate<object>? shouldHandle) =>
        Add(
            message =>
            {
                if (!type.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message)))
                    return false;
                handler(message);
                return true;
            },
            takesAll: false);

    internal bool Handle(object message)
    {
        var handlers = _handlers;
        for (var i = 0; i < _count; i++)
        {
            if (handlers[i](message))
                return true;
        }

        return false;
    }

    private void Add(Func<object, bool> handler, bool takesAll)
    {
        if (_takesAll)
            throw new InvalidOperationException("A handler that receives everything has been added; no handler after it could ever be called.");

        if (_count == _handlers.Length)
            Array.Resize(ref _handlers, Math.Max(4, _count * 2));
        _handlers[_count++] = handler;
        _takesAll = takesAll;
    }
}
