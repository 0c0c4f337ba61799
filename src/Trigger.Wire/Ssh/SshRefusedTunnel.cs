using System.Globalization;

namespace Trigger.Wire.Ssh;

/// <summary>Why a jump host would not connect on (RFC 4254 §5.1), read from libssh's last error. That is one for all channels of a session, so it must name ours.</summary>
internal static class SshRefusedTunnel
{
    internal static string Reason(string errorText, uint channel)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"channel {channel} error (");
        var at = errorText.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
            return "it did not say why";

        var rest = errorText.AsSpan(at + mark.Length);
        var end = rest.IndexOf(')');
        if (end < 0)
            return rest.ToString();

        var words = rest[(end + 1)..].Trim().ToString();
        return rest[..end] switch
        {
            "1" => $"it does not allow forwarding ({words})",
            "4" => $"it has no room for another connection ({words})",
            _ => words.Length > 0 ? words : "it did not say why",
        };
    }
}
