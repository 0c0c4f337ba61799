namespace Trigger.Kernel.Event;

/// <summary>Logs the first few lost messages, then keeps silent for a while: a stopped actor may have many admirers.</summary>
internal sealed class DeadLetterLog(EventStream stream, TimeProvider time, int limit)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private long _silentSince;
    private int _logged;
    private long _total;

    internal void Note(DeadLetter letter)
    {
        if (limit <= 0 || !stream.Wants(LogLevel.InfoLevel))
            return;

        string? ending;
        long total;
        lock (_gate)
        {
            total = ++_total;
            if (_logged >= limit)
            {
                if (time.GetElapsedTime(_silentSince) < Silence)
                    return;
                _logged = 0;
            }

            ending = ++_logged == limit ? $" No more dead letters will be logged in the next {Silence.TotalMinutes} minutes." : "";
            _silentSince = time.GetTimestamp();
        }

        stream.Publish(new Info(
            letter.Recipient.Path.ToString(),
            typeof(DeadLetterLog),
            $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} was not delivered. [{total}] dead letters encountered.{ending}"));
    }
}
