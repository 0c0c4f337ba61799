using System.Globalization;

namespace Trigger.Wire.Ssh;

/// <summary>The server's SSH_MSG_DISCONNECT (RFC 4253 §11.1), which libssh 0.10 tells only within the text of its error.</summary>
internal static class SshGoodbye
{
    private const string Mark = "SSH_MSG_DISCONNECT:";

    internal static (int Code, string Reason)? Read(string errorText)
    {
        var at = errorText.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            return null;

        var rest = errorText.AsSpan(at + Mark.Length).Trim();
        var colon = rest.IndexOf(':');
        return colon > 0 && int.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (code, rest[(colon + 1)..].Trim().ToString())
            : null;
    }
}
