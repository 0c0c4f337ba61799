using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>Messages that wait to be read, and readers that wait for messages.</summary>
internal sealed class InboxQueue(ActorSystem system, int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<object> _messages = new();
    private readonly LinkedList<(Predicate<object> Wanted, TaskCompletionSource<object?> Reader)> _readers = new();

    internal void Add(object message, IActorRef sender, IActorRef self)
    {
        lock (_gate)
        {
            for (var reader = _readers.First; reader is not null; reader = reader.Next)
            {
                if (!reader.Value.Wanted(message))
                    continue;

                _readers.Remove(reader);
                if (reader.Value.Reader.TrySetResult(message))
                    return;
            }

            if (_messages.Count < capacity)
            {
                _messages.AddLast(message);
                return;
            }
        }

        system.DeadLetters.Tell(new DeadLetter(message, sender, self), sender);
    }

    /// <returns>Null when the time was up first.</returns>
    internal async Task<object?> Take(Predicate<object> wanted, TimeSpan timeout)
    {
        TaskCompletionSource<object?> reader;
        lock (_gate)
        {
            for (var message = _messages.First; message is not null; message = message.Next)
            {
                if (!wanted(message.Value))
                    continue;

                _messages.Remove(message);
                return message.Value;
            }

            reader = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _readers.AddLast((wanted, reader));
        }

        var timer = timeout == Timeout.InfiniteTimeSpan ? null : system.TimerQueue.Add(timeout, interval: null, () => GiveUp(reader));
        try
        {
            return await reader.Task.ConfigureAwait(false);
        }
        finally
        {
            timer?.Cancel();
        }
    }

    private void GiveUp(TaskCompletionSource<object?> reader)
    {
        lock (_gate)
        {
            for (var waiting = _readers.First; waiting is not null; waiting = waiting.Next)
            {
                if (!ReferenceEquals(waiting.Value.Reader, reader))
                    continue;

                _readers.Remove(waiting);
                break;
            }

            // Inside the gate, or a message could be given to a reader that has gone.
            reader.TrySetResult(null);
        }
    }
}
