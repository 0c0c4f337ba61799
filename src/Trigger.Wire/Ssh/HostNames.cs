using System.Security.Cryptography;
using System.Text;

namespace Trigger.Wire.Ssh;

/// <summary>The names field of a known_hosts line (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): a comma list of patterns, or one hashed name.</summary>
internal sealed class HostNames
{
    private const int Sha1Length = 20;

    private readonly byte[]? salt;
    private readonly byte[]? hash;
    private readonly string[] patterns;

    private HostNames(string[] patterns, byte[]? salt = null, byte[]? hash = null)
    {
        this.patterns = patterns;
        this.salt = salt;
        this.hash = hash;
    }

    internal bool IsHashed => hash is not null;

    /// <summary>Names without wildcard or negation, which a dictionary can hold; null when the patterns must be tried one by one.</summary>
    internal IReadOnlyList<string>? Exact =>
        !IsHashed && patterns.All(pattern => pattern.AsSpan().IndexOfAny('*', '?', '!') < 0) ? patterns : null;

    /// <summary>The name under which a host is recorded: the bare name for port 22, else <c>[name]:port</c>.</summary>
    internal static string For(string host, int port)
    {
        var lower = host.ToLowerInvariant();
        return port == 22 ? lower : $"[{lower}]:{port}";
    }

    internal static HostNames? Parse(string field)
    {
        if (!field.StartsWith('|'))
        {
            var patterns = field.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries);
            return patterns.Length == 0 ? null : new HostNames(patterns);
        }

        // |1|salt|hash: HMAC-SHA1 of the name under the salt, both in base64. No other scheme was ever defined.
        var parts = field.Split('|');
        if (parts.Length != 4 || parts[1] != "1" || Decode(parts[2]) is not { } salt || Decode(parts[3]) is not { Length: Sha1Length } hash)
            return null;

        return new HostNames([], salt, hash);
    }

    /// <param name="name">As <see cref="For"/> writes it.</param>
    internal bool Match(string name)
    {
        if (hash is not null)
        {
            Span<byte> computed = stackalloc byte[Sha1Length];
#pragma warning disable CA5350 // The file format says SHA-1; it hides names from a casual reader and guards nothing.
            HMACSHA1.HashData(salt!, Encoding.UTF8.GetBytes(name), computed);
#pragma warning restore CA5350
            return computed.SequenceEqual(hash);
        }

        var matched = false;
        foreach (var pattern in patterns)
        {
            var negated = pattern[0] == '!';
            if (!Match(negated ? pattern.AsSpan(1) : pattern, name))
                continue;

            if (negated)
                return false; // A negated match wins over every other pattern on the line.

            matched = true;
        }

        return matched;
    }

    // Greedy with one point of return: linear in practice, and never worse than pattern times name.
    internal static bool Match(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    private static byte[]? Decode(string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
