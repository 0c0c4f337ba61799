namespace Trigger.Notify;

/// <summary>Tells every listener that wants to hear. What could not be delivered comes back as sentences, and holds up nobody else.</summary>
public sealed class NotificationDesk(IReadOnlyList<INotifier> listeners, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<IDisposable> owned = [];

    public bool HasListeners => listeners.Count > 0;

    internal NotificationDesk Owning(IDisposable thing)
    {
        owned.Add(thing);
        return this;
    }

    public async Task<IReadOnlyList<string>> Tell(Notification notification)
    {
        var told = await Task.WhenAll(listeners.Where(listener => listener.Wants(notification.Kind)).Select(listener => Tell(listener, notification)));
        return [.. told.OfType<string>()];
    }

    public void Dispose() => owned.ForEach(thing => thing.Dispose());

    private async Task<string?> Tell(INotifier listener, Notification notification)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await listener.Send(notification, patience.Token);
            return null;
        }
        catch (NotifyException failure)
        {
            return failure.Message;
        }
    }
}
