namespace Trigger.Storage;

/// <summary>How long to go on trying, with pauses that grow.</summary>
internal sealed class Patience(TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly long since = time.GetTimestamp();
    private TimeSpan next = TimeSpan.FromMilliseconds(20);

    public bool IsOver => time.GetElapsedTime(since) >= limit;

    /// <param name="async">False for callers that wait in their own thread.</param>
    public async ValueTask Pause(bool async, CancellationToken token)
    {
        var pause = next;
        next = next * 2 < Longest ? next * 2 : Longest;
        if (async)
            await Task.Delay(pause, time, token).ConfigureAwait(false);
        else
            Task.Delay(pause, time, token).Wait(token);
    }
}
