using System.Collections.Immutable;
using System.Threading.Channels;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>Who wants to hear what comes, beside the askers of requests.</summary>
internal sealed class NetconfListeners(int mostNotifications)
{
    private readonly Channel<NetconfNotification> notifications = Channel.CreateBounded<NetconfNotification>(new BoundedChannelOptions(mostNotifications)
    {
        FullMode = BoundedChannelFullMode.Wait, // TryWrite then says so, and we count.
        SingleWriter = true,
    });

    private ImmutableArray<Action<string>> onMessage = [];
    private ImmutableArray<Action<NetconfFault>> onFault = [];
    private long lost;

    internal ChannelReader<NetconfNotification> Notifications => notifications.Reader;

    internal IDisposable OnMessage(Action<string> listener)
    {
        ImmutableInterlocked.Update(ref onMessage, all => all.Add(listener));
        return new Leave(() => ImmutableInterlocked.Update(ref onMessage, all => all.Remove(listener)));
    }

    internal IDisposable OnFault(Action<NetconfFault> listener)
    {
        ImmutableInterlocked.Update(ref onFault, all => all.Add(listener));
        return new Leave(() => ImmutableInterlocked.Update(ref onFault, all => all.Remove(listener)));
    }

    internal void Message(MessageBytes message)
    {
        if (onMessage.IsEmpty)
            return;

        var text = message.ToText();
        Tell(onMessage, text);
    }

    internal void Notification(NetconfNotification notification)
    {
        if (!notifications.Writer.TryWrite(notification))
            Fault(new NetconfFault.NotificationsLost(++lost));
    }

    internal void Fault(NetconfFault fault) => Tell(onFault, fault);

    internal void Finish(NetconfFault fault)
    {
        notifications.Writer.TryComplete(fault is NetconfFault.Ended ? null : new NetconfException(fault));
        Fault(fault);
    }

    // A listener is a caller's code; its mistake must cost neither the session nor the other listeners.
    private static void Tell<T>(ImmutableArray<Action<T>> listeners, T news)
    {
        foreach (var listener in listeners)
        {
            try
            {
                listener(news);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
            }
        }
    }

    private sealed class Leave(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
