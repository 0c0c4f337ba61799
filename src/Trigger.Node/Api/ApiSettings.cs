using System.Net;

namespace Trigger.Node.Api;

/// <summary>Where the API listens, and how it is kept safe.</summary>
public sealed record ApiSettings
{
    /// <summary>Petabridge.Cmd's port, which people have in their fingers.</summary>
    public const int DefaultPort = 9110;

    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>PEM files: the certificate with its chain, and its key. Read anew when they change is not done: restart the node.</summary>
    public string? Certificate { get; init; }

    /// <inheritdoc cref="Certificate"/>
    public string? Key { get; init; }

    /// <summary>Whether callers on the loopback need tokens, too. Beyond the loopback they always do.</summary>
    public bool TokensOnLoopback { get; init; }

    /// <summary>How many requests a second one caller may make, and twice as many at once.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>The longest body of a request, in bytes.</summary>
    public long LongestRequest { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long a question about filters may take.</summary>
    public TimeSpan AclTime { get; init; } = TimeSpan.FromSeconds(10);

    public bool NeedsTokens => TokensOnLoopback || !IPAddress.IsLoopback(Listen.Address);

    /// <summary>Why nobody may listen like this; empty when all is well.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!IPAddress.IsLoopback(Listen.Address) && Certificate is null)
            yield return $"node.listen is {Listen}, which others can reach, and there is no certificate. Name one with node.tls.certificate and node.tls.key, or listen on 127.0.0.1.";
        if (Certificate is null != Key is null)
            yield return "node.tls.certificate and node.tls.key go together: one of them is missing.";
        foreach (var file in new[] { Certificate, Key }.OfType<string>().Where(file => !File.Exists(file)))
            yield return $"{file}: there is no such file (node.tls).";
    }
}
