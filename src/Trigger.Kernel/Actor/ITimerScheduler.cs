namespace Trigger.Kernel.Actor;

/// <summary>
/// Messages an actor sends to itself later. A key names one timer: starting it again replaces it, and of a replaced or cancelled timer
/// nothing arrives any more, not even what was already queued. All end with a restart or stop.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>The keys of all that are active.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>False for a single timer from the moment its message is handled.</summary>
    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}
