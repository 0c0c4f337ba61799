using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trigger.Cli.Cluster;

/// <summary>Asks a node of a cluster.</summary>
internal sealed class ClusterClient : IDisposable
{
    // What nobody said is not sent: a node of the version before does not know the newest fields, and refuses what it does not know.
    private static readonly JsonSerializerOptions Sent = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<Uri> nodes;
    private readonly HttpClient http;
    private readonly string? token;
    private int asked;

    /// <param name="nodes">At least one; the next is asked when one does not answer.</param>
    public ClusterClient(IReadOnlyList<Uri> nodes, string? token)
    {
        this.nodes = nodes;
        this.token = token;
        http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The node that is asked now.</summary>
    public Uri Address => nodes[asked % nodes.Count];

    public void Dispose() => http.Dispose();

    /// <summary>The JSON that a node answers.</summary>
    /// <exception cref="ClusterProblemException">It cannot be asked, or refuses.</exception>
    public async Task<JsonElement> Get(string path)
    {
        using var response = await Send(() => new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative))).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
    }

    /// <summary>The text that a node answers.</summary>
    /// <exception cref="ClusterProblemException">It cannot be asked, or refuses.</exception>
    public async Task<string> Text(string path)
    {
        using var response = await Send(() => new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative))).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
    }

    /// <inheritdoc cref="Get"/>
    public async Task<JsonElement?> Post(string path, object? body, string? key = null)
    {
        // What is asked under a key may be asked of the next node, too, when nobody knows whether the first one has heard it.
        using var response = await Send(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
            if (body is not null)
                request.Content = JsonContent.Create(body, options: Sent);
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            return request;
        }).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return text.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The lines that a node answers, each as JSON, as they come.</summary>
    public async IAsyncEnumerable<JsonElement> Lines(string path, object body, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var response = await Send(
            () => new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, options: Sent) }, cancel).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
            yield return JsonSerializer.Deserialize<JsonElement>(line);
    }

    /// <summary>
    /// Server-sent events from behind one on. A line that breaks is taken up again where it broke, for two minutes: a cluster outlives its nodes, and whatever stands before it may have led us to another.
    /// </summary>
    public async IAsyncEnumerable<(string Kind, JsonElement Data)> Events(string path, string lastKind, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var (after, broken) = ("0", TimeSpan.Zero);
        while (true)
        {
            await using var events = Read(path, after, cancel).GetAsyncEnumerator(cancel);
            while (true)
            {
                bool more;
                try
                {
                    more = await events.MoveNextAsync().ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException || failure is ClusterProblemException { MayPass: true })
                {
                    if (broken >= Patience)
                        throw new ClusterProblemException($"{Address} cannot be reached any more: {failure.Message}", mayPass: true);
                    more = false;
                }

                if (!more)
                    break;

                (after, broken) = (events.Current.Id, TimeSpan.Zero);
                yield return (events.Current.Kind, events.Current.Data);
                if (events.Current.Kind == lastKind)
                    yield break;
            }

            await Task.Delay(Again, cancel).ConfigureAwait(false);
            broken += Again;
        }
    }

    private async IAsyncEnumerable<(string Id, string Kind, JsonElement Data)> Read(string path, string after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var response = await Send(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
                request.Headers.Add("Last-Event-ID", after);
                return request;
            },
            cancel).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false));
        var (id, kind) = ("", "");
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return (id, kind, JsonSerializer.Deserialize<JsonElement>(line.AsSpan(6)));
        }
    }

    /// <summary>A web socket to the node that answered last.</summary>
    /// <exception cref="ClusterProblemException">It cannot be had.</exception>
    public async Task<ClientWebSocket> Socket(string path, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        try
        {
            var address = new UriBuilder(new Uri(Address, path)) { Scheme = Address.Scheme == "https" ? "wss" : "ws" };
            await socket.ConnectAsync(address.Uri, cancel).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException failure)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new ClusterProblemException(
                status switch
                {
                    System.Net.HttpStatusCode.Unauthorized => "The token is not known, has expired or was taken back.",
                    System.Net.HttpStatusCode.Forbidden => "The token's role does not allow this.",
                    0 => $"{Address} cannot be asked: {failure.InnerException?.Message ?? failure.Message}",
                    _ => $"{Address} answers {(int)status}.",
                },
                mayPass: status == 0);
        }
    }

    /// <param name="make">Makes the request; again for each node that is asked.</param>
    private async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> make, CancellationToken cancel = default)
    {
        for (var tries = 1; ; tries++)
        {
            using var request = make();
            request.RequestUri = new Uri(Address, request.RequestUri!);
            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            }
            catch (HttpRequestException failure)
            {
                var problem = new ClusterProblemException($"{Address} cannot be asked: {failure.InnerException?.Message ?? failure.Message}", mayPass: true);
                asked++;
                if (tries >= nodes.Count)
                    throw problem;
                continue;
            }

            if (response.IsSuccessStatusCode)
                return response;

            using (response)
                throw await Problem(response, cancel).ConfigureAwait(false);
        }
    }

    private async Task<ClusterProblemException> Problem(HttpResponseMessage response, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            if (problem.TryGetProperty("mistakes", out var mistakes))
                return new ClusterProblemException([.. mistakes.EnumerateArray().Select(mistake => $"{mistake.GetProperty("field").GetString()}: {mistake.GetProperty("message").GetString()}")]);
            if (problem.TryGetProperty("detail", out var detail))
                return new ClusterProblemException(detail.GetString()!, (int)response.StatusCode >= 500);
        }
        catch (JsonException)
        {
            // Not a node: whatever stands before it.
        }

        return new ClusterProblemException($"{Address} answers {(int)response.StatusCode} {response.ReasonPhrase}.", (int)response.StatusCode >= 500);
    }
}
