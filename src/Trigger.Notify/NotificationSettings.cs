using System.Net;
using System.Net.Mail;
using Trigger.Hocon;

namespace Trigger.Notify;

/// <summary>
/// Who wants to hear of what, in HOCON:
/// <code>
/// mail = [{ server = smtp.example.net, from = "trigger@example.net", to = ["noc@example.net"], user = trigger, password-file = /etc/trigger/smtp, on = [failed, in-doubt] }]
/// webhooks = [{ url = "https://chat.example.net/hooks/x", secret-file = /etc/trigger/hook, on = [finished, failed, in-doubt] }]
/// </code>
/// </summary>
public static class NotificationSettings
{
    private const int SubmissionPort = 587;

    /// <summary>The listeners of a file; every mistake in it is told with its line, and then there are none.</summary>
    public static NotificationDesk ReadFile(string path, List<string> mistakes, TimeProvider time)
    {
        try
        {
            return Read(Config.ParseFile(path), mistakes, time);
        }
        catch (Exception wrong) when (wrong is ConfigException or IOException or UnauthorizedAccessException)
        {
            mistakes.Add(wrong.Message);
            return new NotificationDesk([], time);
        }
    }

    public static NotificationDesk Read(Config config, List<string> mistakes, TimeProvider time)
    {
        var reader = new SettingsReader(config, "notifications", mistakes);
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = TimeSpan.FromSeconds(10) };
        var listeners = new List<INotifier>();
        foreach (var part in reader.Parts("mail"))
        {
            if (Mail(part) is { } mail)
                listeners.Add(mail);
        }

        foreach (var part in reader.Parts("webhooks"))
        {
            if (Webhook(part, http, time) is { } hook)
                listeners.Add(hook);
        }

        reader.NothingElse();
        return new NotificationDesk(mistakes.Count == 0 ? listeners : [], time).Owning(http);
    }

    private static MailNotifier? Mail(SettingsReader part)
    {
        var server = part.Required("server", "smtp.example.net");
        var port = part.Number("port", SubmissionPort, 1, 65_535);
        var insecure = part.Flag("insecure");
        // A mail server of this machine is seldom given a certificate for the name it is called by here.
        var starttls = part.Flag("starttls", !IsHere(server) && !insecure);
        var from = part.Required("from", "\"trigger@example.net\"");
        var to = part.Texts("to");
        var user = part.Text("user");
        var password = Password(part, "password-file", "password-env");
        var kinds = Kinds(part);
        part.NothingElse();
        if (to.Count == 0)
            part.Mistake("names nobody to write to; add to = [\"noc@example.net\"]");
        foreach (var address in to.Prepend(from).Where(address => address.Length > 0 && !MailAddress.TryCreate(address, out _)))
            part.Mistake($"'{address}' is no mail address");
        if (user is not null && password is null)
            part.Mistake("has a user and no password; add password-file or password-env");
        if (!starttls && !insecure && !IsHere(server))
            part.Mistake($"would go to {server} in the clear; leave starttls = true, or say insecure = true");
        return part.IsGood ? new MailNotifier(new MailSettings(server, port, starttls, from, to, user, password ?? (() => "")), kinds) : null;
    }

    private static WebhookNotifier? Webhook(SettingsReader part, HttpClient http, TimeProvider time)
    {
        var text = part.Required("url", "\"https://chat.example.net/hooks/x\"");
        var insecure = part.Flag("insecure");
        var secret = Password(part, "secret-file", "secret-env");
        var kinds = Kinds(part);
        part.NothingElse();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            part.Mistake("'url' is no address of http or https");
        else if (url.Scheme == Uri.UriSchemeHttp && !insecure && !IsHere(url.Host))
            part.Mistake($"would go to {url.Host} in the clear; use https, or say insecure = true");
        return part.IsGood ? new WebhookNotifier(http, url!, secret, kinds, time) : null;
    }

    private static Func<string>? Password(SettingsReader part, string fileKey, string variableKey)
    {
        if (part.Text(fileKey) is { } file)
        {
            if (SecretFile.Mistake(file) is { } mistake)
                part.Mistake($"{fileKey} is {file}: {mistake}");
            return () => SecretFile.Read(file);
        }

        if (part.Text(variableKey) is not { } variable)
            return null;
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            part.Mistake($"{variableKey} is {variable}, which is not set");
        return () => Environment.GetEnvironmentVariable(variable) ?? "";
    }

    private static List<NotificationKind> Kinds(SettingsReader part)
    {
        var kinds = new List<NotificationKind>();
        foreach (var word in part.Texts("on"))
        {
            var known = Enum.GetValues<NotificationKind>().Where(kind => Notification.Word(kind) == word).ToList();
            if (known.Count == 0)
                part.Mistake($"'{word}' is nothing that is told; there are {string.Join(", ", Enum.GetValues<NotificationKind>().Select(Notification.Word))}");
            kinds.AddRange(known);
        }

        return kinds.Count > 0 ? kinds : [NotificationKind.Failed, NotificationKind.InDoubt, NotificationKind.HostKey];
    }

    private static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
