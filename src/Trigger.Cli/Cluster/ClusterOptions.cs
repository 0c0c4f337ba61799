using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Cluster;

/// <summary>Which cluster to ask, and with which token.</summary>
internal sealed class ClusterOptions
{
    private const string TokenVariable = "TRIGGER_TOKEN";

    private readonly Option<string?> url = new("--cluster") { Description = "Let this cluster do it: the address of one of its nodes, such as https://node1:9110, or of several with commas between them.", HelpName = "URL" };
    private readonly Option<string?> tokenFile = new("--token-file") { Description = "A file with the token for the cluster. Default: $TRIGGER_TOKEN, else the setting cluster.token-file.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(url);
        command.Add(tokenFile);
    }

    /// <summary>Whether a cluster was named.</summary>
    public bool Asked(ParseResult line) => line.GetValue(url) is not null;

    /// <summary>The cluster that was named, or that the settings name; null, and a mistake, when there is none.</summary>
    public ClusterClient? Open(ParseResult line, Mistakes mistakes) =>
        (line.GetValue(url) ?? Configured.Settings.Text("cluster.url")) is { } named ? Open(named, line.GetValue(tokenFile), mistakes) : Missing(mistakes);

    /// <param name="addresses">URLs, or hosts with or without ports, with commas between them: the next is asked when one does not answer.</param>
    public static ClusterClient? Open(string addresses, string? tokenFile, Mistakes mistakes)
    {
        var token = Token(tokenFile, mistakes);
        var nodes = addresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(address => Node(address, token is not null, mistakes)).OfType<Uri>().ToArray();
        return mistakes.Any || nodes.Length == 0 ? null : new ClusterClient(nodes, token);
    }

    private static Uri? Node(string address, bool hasToken, Mistakes mistakes)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            mistakes.Add($"'{address}' is no node's address; write https://host:9110, or 127.0.0.1:9110 for one on this machine.");
            return null;
        }

        if (uri.IsDefaultPort)
            uri = new UriBuilder(uri) { Port = 9110 }.Uri;
        if (hasToken && uri is { Scheme: "http", IsLoopback: false })
        {
            mistakes.Add($"A token is not sent to {uri.Host} in the clear. Write https://{uri.Authority}.");
            return null;
        }

        return uri;
    }

    private static string? Token(string? file, Mistakes mistakes)
    {
        if (file is null && Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given)
            return given.Trim();
        if ((file ?? Configured.Settings.Text("cluster.token-file")) is not { } path)
            return null;

        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{path}: the token cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private static ClusterClient? Missing(Mistakes mistakes)
    {
        mistakes.Add("No cluster was named. Say --cluster URL, or set cluster.url.");
        return null;
    }
}
