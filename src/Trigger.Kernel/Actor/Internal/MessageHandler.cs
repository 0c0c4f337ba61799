namespace Trigger.Kernel.Actor.Internal;

/// <summary>One declared handler. Objects instead of closures: half the size, and this is called for every message.</summary>
internal abstract class MessageHandler
{
    /// <summary>Whether the message is of the handler's type, whatever its condition says.</summary>
    internal abstract bool Takes(object message);

    /// <summary>False when the message is not for this handler, or when the handler itself says so.</summary>
    internal abstract bool TryHandle(object message);

    internal sealed class Plain<T>(Action<T> handler) : MessageHandler
    {
        internal override bool Takes(object message) => message is T;

        internal override bool TryHandle(object message)
        {
            if (message is not T typed)
                return false;

            handler(typed);
            return true;
        }
    }

    internal sealed class Conditional<T>(Action<T> handler, Predicate<T> shouldHandle) : MessageHandler
    {
        internal override bool Takes(object message) => message is T;

        internal override bool TryHandle(object message)
        {
            if (message is not T typed || !shouldHandle(typed))
                return false;

            handler(typed);
            return true;
        }
    }

    internal sealed class Deciding<T>(Func<T, bool> handler) : MessageHandler
    {
        internal override bool Takes(object message) => message is T;

        internal override bool TryHandle(object message) => message is T typed && handler(typed);
    }

    internal sealed class ByType(Type type, Action<object> handler, Predicate<object>? shouldHandle) : MessageHandler
    {
        internal override bool Takes(object message) => type.IsInstanceOfType(message);

        internal override bool TryHandle(object message)
        {
            if (!Takes(message) || (shouldHandle is not null && !shouldHandle(message)))
                return false;

            handler(message);
            return true;
        }
    }
}
