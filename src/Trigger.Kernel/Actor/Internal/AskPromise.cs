namespace Trigger.Kernel.Actor.Internal;

internal sealed class AskPromise<T>(ActorSystem system) : PromiseActorRef(system)
{
    private readonly TaskCompletionSource<T> _answer = new(system.Dispatcher.Promises);
    private ScheduledEntry? _timer;
    private CancellationTokenRegistration _registration;

    internal Task<T> Answer => _answer.Task;

    internal void ExpireAfter(TimeSpan timeout, ICanTell asked, object? question)
    {
        _timer = System.TimerQueue.AddExpiry(timeout, this, asked, question?.GetType() ?? typeof(void));
        if (_answer.Task.IsCompleted)
            _timer.Cancel();
    }

    internal void CancelWith(CancellationToken token) =>
        _registration = token.UnsafeRegister(static (promise, t) => ((AskPromise<T>)promise!)._answer.TrySetCanceled(t), this);

    internal override void Expire(string why) => _answer.TrySetException(new AskTimeoutException(why));

    protected override bool TryAnswer(object message)
    {
        var first = message switch
        {
            // Whoever asks for a status wants to see the failure; for everybody else it is one.
            Status.Failure failure when !typeof(Status).IsAssignableFrom(typeof(T)) => _answer.TrySetException(failure.Cause),
            T answer => _answer.TrySetResult(answer),
            Status.Failure failure => _answer.TrySetException(failure.Cause),
            _ => _answer.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        _timer?.Cancel();
        _registration.Dispose();
        return first;
    }
}
