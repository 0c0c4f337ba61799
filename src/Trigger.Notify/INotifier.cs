namespace Trigger.Notify;

/// <summary>One listener: a mail box, a web hook.</summary>
public interface INotifier
{
    /// <summary>For messages: "mail to noc@example.net".</summary>
    string Name { get; }

    bool Wants(NotificationKind kind);

    /// <exception cref="NotifyException">It was not delivered.</exception>
    Task Send(Notification notification, CancellationToken cancellation);
}
