using System.Globalization;
using System.Text;

namespace Trigger.Wire.Ssh.Config;

/// <summary>What <c>%</c> letters, <c>~</c> and <c>${VARIABLE}</c> stand for (ssh_config(5), TOKENS and ENVIRONMENT VARIABLES).</summary>
internal sealed class SshConfigTokens(string originalHost, SshConfigValues values, string? user, int? port, string home, string localUser)
{
    internal string HostName => values.HostName;

    internal int? Port => port ?? (values.Find("port") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null);

    internal string? User => user ?? values.Find("user");

    /// <summary>A path with everything replaced.</summary>
    internal string Path(string text)
    {
        var named = text == "~" ? home : text.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(home, text[2..]) : text;
        return Replace(Variables(named));
    }

    /// <summary>A text with the letters replaced; an unknown one stays as it is.</summary>
    internal string Replace(string text)
    {
        var replaced = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%' || at + 1 == text.Length || Value(text[at + 1]) is not { } value)
            {
                replaced.Append(text[at]);
                continue;
            }

            replaced.Append(value);
            at++;
        }

        return replaced.ToString();
    }

    private static string Variables(string text)
    {
        var replaced = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var end = text.AsSpan(at).StartsWith("${") ? text.IndexOf('}', at) : -1;
            if (end < 0)
            {
                replaced.Append(text[at]);
                continue;
            }

            replaced.Append(Environment.GetEnvironmentVariable(text[(at + 2)..end]));
            at = end;
        }

        return replaced.ToString();
    }

    private string? Value(char letter) => letter switch
    {
        '%' => "%",
        'd' => home,
        'h' => HostName,
        'k' => values.Find("hostkeyalias") ?? originalHost,
        'L' => Environment.MachineName.Split('.')[0],
        'l' => Environment.MachineName,
        'n' => originalHost,
        'p' => (Port ?? 22).ToString(CultureInfo.InvariantCulture),
        'r' => User ?? localUser,
        'u' => localUser,
        _ => null,
    };
}
