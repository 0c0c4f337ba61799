namespace Trigger.Kernel.Actor;

public interface ITimeProvider
{
    DateTimeOffset Now { get; }

    /// <summary>Time since some fixed moment, never set back.</summary>
    TimeSpan MonotonicClock { get; }

    TimeSpan HighResMonotonicClock { get; }
}
