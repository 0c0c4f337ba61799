namespace Trigger.Wire.Ssh.Config;

/// <summary>A hop as people write it: <c>[user@]host[:port]</c>, an IPv6 address in brackets, or <c>ssh://[user@]host[:port]</c>.</summary>
public sealed record SshHop(string? User, string Host, int? Port)
{
    private const int MostHops = 16;

    /// <summary>Reads a list with commas, in the order of the way; empty for <c>none</c>. Null when it is no such list.</summary>
    public static IReadOnlyList<SshHop>? ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return [];

        var hops = text.Split(',');
        var read = hops.Select(Parse).OfType<SshHop>().ToArray();
        return hops.Length <= MostHops && read.Length == hops.Length ? read : null;
    }

    /// <summary>Reads one hop; null when it is none.</summary>
    public static SshHop? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.Trim();
        if (rest.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase))
            rest = rest[6..].TrimEnd('/');

        string? user = null;
        if (rest.LastIndexOf('@') is >= 0 and var at)
            (user, rest) = (rest[..at], rest[(at + 1)..]);

        int? port = null;
        var colon = rest.LastIndexOf(':');
        var bracket = rest.LastIndexOf(']');
        if (colon > bracket && (bracket >= 0 || rest.IndexOf(':', StringComparison.Ordinal) == colon))
        {
            if (!int.TryParse(rest.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var number) || number is 0 or > 65535)
                return null;

            (port, rest) = (number, rest[..colon]);
        }

        if (rest.StartsWith('[') && rest.EndsWith(']'))
            rest = rest[1..^1];

        // A name that begins with a dash is an option for somebody else's program, and none has blanks.
        var isName = rest.Length is > 0 and <= 255 && rest[0] != '-' && !rest.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '[' or ']' or '/');
        return isName && user != "" ? new SshHop(user, rest, port) : null;
    }

    public override string ToString() => (User is null ? "" : User + "@") + (Host.Contains(':') ? $"[{Host}]" : Host) + (Port is null ? "" : $":{Port}");
}
