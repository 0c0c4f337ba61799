namespace Trigger.Wire.Ssh;

/// <summary>Reads the text of a known_hosts file as single hosts with their keys, for a store of another kind.</summary>
public static class KnownHostsText
{
    /// <param name="name">What the text is called in mistakes.</param>
    /// <param name="hosts">Hosts that hashed names and patterns may stand for; neither says by itself whom it means.</param>
    /// <param name="mistakes">Gets lines that cannot be read, each with its number.</param>
    /// <returns>Hosts as known_hosts names them, and how many lines stand for none of <paramref name="hosts"/>.</returns>
    public static (IReadOnlyList<(string Host, HostKey Key, bool Revoked)> Keys, int Skipped) Read(string text, string name, IEnumerable<(string Host, int Port)> hosts, List<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mistakes);
        var index = new KnownHostsIndex();
        var number = 0;
        foreach (var line in text.Split('\n'))
            index.Add(line.TrimEnd('\r'), $"{name}:{++number}");
        mistakes.AddRange(index.Mistakes);
        var candidates = hosts.Select(host => HostNames.For(host.Host, host.Port)).Distinct(StringComparer.Ordinal).ToArray();
        var (keys, skipped) = (new List<(string, HostKey, bool)>(), 0);
        foreach (var line in index.Lines)
        {
            IReadOnlyList<string> meant = line.Names.Exact ?? [.. candidates.Where(line.Names.Match)];
            keys.AddRange(meant.Select(host => (host, line.Key, line.Marker == KnownHostsIndex.Marker.Revoked)));
            skipped += meant.Count == 0 ? 1 : 0;
        }

        return (keys, skipped);
    }

    /// <summary>The name under which a host is recorded: the bare name for port 22, else <c>[name]:port</c>.</summary>
    public static string NameOf(string host, int port) => HostNames.For(host, port);
}
