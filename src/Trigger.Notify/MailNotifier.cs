using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Trigger.Notify;

/// <summary>Mail by SMTP (RFC 5321) with STARTTLS (RFC 3207); the server's certificate has to be one that this machine trusts.</summary>
public sealed class MailNotifier(MailSettings settings, IReadOnlyCollection<NotificationKind> kinds) : INotifier
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name => $"mail to {string.Join(", ", settings.To)}";

    public bool Wants(NotificationKind kind) => kinds.Contains(kind);

    public async Task Send(Notification notification, CancellationToken cancellation)
    {
        using var message = new MailMessage
        {
            From = new MailAddress(settings.From),
            Subject = notification.Title,
            Body = notification.Text(),
            BodyEncoding = Encoding.UTF8,
            SubjectEncoding = Encoding.UTF8,
        };
        foreach (var to in settings.To)
            message.To.Add(to);
        // A program wrote this: RFC 3834 asks out-of-office replies to leave it alone.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Trigger-Run", notification.Run);

        try
        {
            // Its asynchronous methods wait for the server's last word on the thread that hears of sockets; where that is one thread for all (EngineProcess), nobody would ever hear it.
            await Task.Run(() => Send(message), cancellation);
        }
        catch (Exception failure) when (failure is SmtpException or AuthenticationException or SocketException or IOException or OperationCanceledException or UnauthorizedAccessException)
        {
            throw new NotifyException($"{Name} was not delivered by {settings.Server}:{settings.Port}: {(failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message)}", failure);
        }
    }

    private void Send(MailMessage message)
    {
        using var client = new SmtpClient(settings.Server, settings.Port) { EnableSsl = settings.StartTls, Timeout = (int)Patience.TotalMilliseconds };
        if (settings.User is { } user)
            client.Credentials = new NetworkCredential(user, settings.Password());
        client.Send(message);
    }
}
