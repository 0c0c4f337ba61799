using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trigger.Notify;

/// <summary>
/// A POST of JSON. With a secret, <c>X-Trigger-Signature: sha256=…</c> is the HMAC-SHA256 of the body, so that a receiver can tell who sent it. Tried three times where trying again
/// may help; <c>X-Trigger-Delivery</c> is the same each time, so a receiver can tell that, too.
/// </summary>
public sealed class WebhookNotifier(HttpClient http, Uri address, Func<string>? secret, IReadOnlyCollection<NotificationKind> kinds, TimeProvider time) : INotifier
{
    private const int Attempts = 3;

    // The path of a web hook is often its password.
    public string Name => $"web hook at {address.Scheme}://{address.Authority}";

    public bool Wants(NotificationKind kind) => kinds.Contains(kind);

    public async Task Send(Notification notification, CancellationToken cancellation)
    {
        var body = Body(notification);
        var why = "";
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (attempt > 1)
                await Rest(attempt, why, cancellation);
            (var done, var again, why) = await Try(notification, body, cancellation);
            if (done)
                return;
            if (!again)
                throw new NotifyException($"{Name} was not delivered: {why}");
        }

        throw new NotifyException($"{Name} was not delivered in {Attempts} attempts: {why}");
    }

    private async Task Rest(int attempt, string why, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(4, attempt - 2)), time, cancellation);
        }
        catch (OperationCanceledException late)
        {
            throw new NotifyException($"{Name} was not delivered in time: {why}", late);
        }
    }

    private async Task<(bool Done, bool Again, string Why)> Try(Notification notification, byte[] body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("User-Agent", "trigger");
        request.Headers.Add("X-Trigger-Event", notification.Event);
        request.Headers.Add("X-Trigger-Delivery", $"{notification.Run}-{Notification.Word(notification.Kind)}");
        if (secret is not null)
            request.Headers.Add("X-Trigger-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret()), body))}");
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var again = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500;
            return (response.IsSuccessStatusCode, again, $"it answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }
        catch (OperationCanceledException)
        {
            return (false, !cancellation.IsCancellationRequested, "it took too long");
        }
        catch (HttpRequestException failure)
        {
            return (false, true, failure.Message);
        }
    }

    private static byte[] Body(Notification notification)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(buffer))
        {
            to.WriteStartObject();
            to.WriteString("event", notification.Event);
            var isRun = notification.Kind != NotificationKind.HostKey;
            to.WriteString(isRun ? "run" : "key", notification.Run);
            to.WriteString("by", notification.By);
            to.WriteString(isRun ? "selection" : "host", notification.Selection);
            to.WriteString("at", notification.At.ToUniversalTime());
            to.WriteNumber("devices", notification.Devices);
            to.WriteNumber("accepted", notification.Accepted);
            to.WriteNumber("refused", notification.Refused);
            to.WriteNumber("unknown", notification.Unknown);
            to.WriteStartArray("look");
            foreach (var (device, why) in notification.Look.Take(Notification.MostNamed))
            {
                to.WriteStartObject();
                to.WriteString("device", device);
                to.WriteString("why", why);
                to.WriteEndObject();
            }

            to.WriteEndArray();
            // What Slack, Mattermost and their like show of a hook.
            to.WriteString("text", notification.Title);
            to.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
