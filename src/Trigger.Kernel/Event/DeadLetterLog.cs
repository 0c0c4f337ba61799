using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

/// <summary>Logs the first few lost messages, then keeps silent for a while: a stopped actor may have many admirers.</summary>
internal sealed class DeadLetterLog(ActorSystem system)
{
    private readonly Lock _gate = new();
    private long _silentSince;
    private int _logged;
    private long _total;

    internal void Note(DeadLetter letter)
    {
        var settings = system.Settings;
        var (limit, silence, stream) = (settings.LogDeadLetters, settings.LogDeadLettersSuspendDuration, system.EventStream);
        if (limit <= 0 || !stream.Wants(LogLevel.InfoLevel) || (system.IsTerminating && !settings.LogDeadLettersDuringShutdown))
            return;

        string? ending;
        long total;
        lock (_gate)
        {
            total = ++_total;
            if (_logged >= limit)
            {
                if (silence == Timeout.InfiniteTimeSpan || system.Time.GetElapsedTime(_silentSince) < silence)
                    return;
                _logged = 0;
            }

            ending = ++_logged == limit ? $" No more dead letters will be logged {Until(silence)}." : "";
            _silentSince = system.Time.GetTimestamp();
        }

        stream.Publish(new Info(
            letter.Recipient.Path.ToString(),
            typeof(DeadLetterLog),
            $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} was not delivered. [{total}] dead letters encountered.{ending}"));
    }

    private static string Until(TimeSpan silence) =>
        silence == Timeout.InfiniteTimeSpan ? "by this system" : $"in the next {silence.TotalMinutes} minutes";
}
