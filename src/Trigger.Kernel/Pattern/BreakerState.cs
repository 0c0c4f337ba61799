namespace Trigger.Kernel.Pattern;

/// <summary>Where a breaker stands, and what moves it. The lock is held for a few comparisons and never during a call.</summary>
internal sealed class BreakerState(CircuitBreaker breaker, BreakerCallbacks callbacks)
{
    private readonly Lock _gate = new();
    private Position _position;
    private TimeSpan _resetTimeout = breaker.ResetTimeout;
    private TimeSpan _openUntil;
    private long _failures;
    private bool _onTrial;

    internal enum Position
    {
        /// <summary>Calls go through; failures in a row are counted.</summary>
        Closed,

        /// <summary>Calls fail at once.</summary>
        Open,

        /// <summary>One call goes through, and decides.</summary>
        HalfOpen,
    }

    internal long Failures => Interlocked.Read(ref _failures);

    internal Exception? LastFailure { get; private set; }

    internal bool Is(Position position)
    {
        lock (_gate)
            return _position == position;
    }

    /// <exception cref="OpenCircuitException">No call may be made.</exception>
    internal void Enter()
    {
        lock (_gate)
        {
            if (_position == Position.Open)
            {
                var left = _openUntil - breaker.Scheduler.MonotonicClock;
                throw new OpenCircuitException(LastFailure, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }

            if (_position == Position.HalfOpen)
            {
                if (_onTrial)
                    throw new OpenCircuitException(LastFailure, TimeSpan.Zero);
                _onTrial = true;
            }
        }
    }

    internal void Succeeded()
    {
        lock (_gate)
        {
            switch (_position)
            {
                case Position.Closed:
                    _failures = 0;
                    break;
                case Position.HalfOpen:
                    _resetTimeout = breaker.ResetTimeout;
                    MoveTo(Position.Closed);
                    break;
            }
        }
    }

    internal void Failed(Exception cause)
    {
        lock (_gate)
        {
            LastFailure = cause;
            switch (_position)
            {
                case Position.Closed when ++_failures >= breaker.MaxFailures:
                    Open();
                    break;
                case Position.HalfOpen:
                    // Capped before it is a time, as a product of many factors need not fit into one.
                    var next = Math.Min(_resetTimeout.Ticks * breaker.ExponentialBackoffFactor, breaker.MaxResetTimeout.Ticks);
                    _resetTimeout = TimeSpan.FromTicks((long)next);
                    Open();
                    break;
            }
        }
    }

    private void Open()
    {
        var wait = _resetTimeout * (1 + (Random.Shared.NextDouble() * breaker.RandomFactor));
        _openUntil = breaker.Scheduler.MonotonicClock + wait;
        MoveTo(Position.Open);
        breaker.Scheduler.Advanced.ScheduleOnce(wait, TryAgain);
    }

    private void TryAgain()
    {
        lock (_gate)
        {
            if (_position == Position.Open)
                MoveTo(Position.HalfOpen);
        }
    }

    private void MoveTo(Position position)
    {
        _position = position;
        _failures = 0;
        _onTrial = false;
        callbacks.Tell(position);
    }
}
