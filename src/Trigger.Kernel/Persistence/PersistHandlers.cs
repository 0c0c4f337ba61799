namespace Trigger.Kernel.Persistence;

/// <summary>The many shapes of handlers made one.</summary>
internal static class PersistHandlers
{
    internal static Func<object, Task> Of<TEvent>(Action<TEvent> handler) => stored =>
    {
        handler((TEvent)stored);
        return Task.CompletedTask;
    };

    internal static Func<object, Task> Of<TEvent>(Func<TEvent, Task> handler) => stored => handler((TEvent)stored);

    internal static Func<Task> Of(Action onComplete) => () =>
    {
        onComplete();
        return Task.CompletedTask;
    };

    /// <summary>The handler for each of so many events; after the last, the other.</summary>
    internal static Func<object, Task> Then(this Func<object, Task> handler, int events, Func<Task> onComplete)
    {
        var left = events;
        return stored =>
        {
            var handled = handler(stored);
            return --left > 0 ? handled : ThenComplete(handled, onComplete);
        };
    }

    private static Task ThenComplete(Task handled, Func<Task> onComplete) => handled.IsCompletedSuccessfully ? onComplete() : AfterwardsComplete(handled, onComplete);

    // Not configured away from the context: what follows belongs to the actor's turn.
    private static async Task AfterwardsComplete(Task handled, Func<Task> onComplete)
    {
        await handled;
        await onComplete();
    }
}
