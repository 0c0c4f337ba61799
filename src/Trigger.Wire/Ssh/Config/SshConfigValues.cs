namespace Trigger.Wire.Ssh.Config;

/// <summary>The values that count for one host, as they were written.</summary>
internal sealed class SshConfigValues(string host)
{
    private readonly Dictionary<string, SshConfigLine> first = [];

    internal List<string> IdentityFiles { get; } = [];

    /// <summary>The name to dial, as far as it is known by now: <c>Match host</c> looks at it midway.</summary>
    internal string HostName => Find("hostname") is { } name ? name.Replace("%%", "\0", StringComparison.Ordinal).Replace("%h", host, StringComparison.Ordinal).Replace('\0', '%') : host;

    internal void Take(SshConfigLine line)
    {
        switch (line.Keyword)
        {
            case "identityfile":
                if (!IdentityFiles.Contains(line.Arguments[0]))
                    IdentityFiles.Add(line.Arguments[0]);
                break;
            case "proxyjump" when first.ContainsKey("proxycommand"):
            case "proxycommand" when first.ContainsKey("proxyjump"):
                break; // Whichever comes first forbids the other.
            case "pubkeyacceptedkeytypes":
                first.TryAdd("pubkeyacceptedalgorithms", line);
                break;
            default:
                first.TryAdd(line.Keyword, line);
                break;
        }
    }

    internal string? Find(string keyword) => first.GetValueOrDefault(keyword)?.Arguments[0];

    internal IReadOnlyList<string> All(string keyword) => first.GetValueOrDefault(keyword)?.Arguments ?? [];

    internal string? Rest(string keyword) => first.GetValueOrDefault(keyword)?.Rest;
}
