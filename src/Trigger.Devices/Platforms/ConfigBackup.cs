using System.Text;
using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>How a configuration is taken off a device and made fit to be kept.</summary>
/// <param name="Commands">Print it, one after the other; all of them read. Empty where nobody wrote down how.</param>
/// <param name="Volatile">Lines that differ each time although nothing was changed; null for none.</param>
/// <param name="Secrets">Finds, in a line, what nobody but the device needs: the group <c>secret</c>. Null for none.</param>
/// <param name="Ends">The last line of a whole configuration; null where it has no such line.</param>
public sealed record ConfigBackup(IReadOnlyList<string> Commands, Regex? Volatile, Regex? Secrets, Regex? Ends)
{
    /// <summary>Stands where a secret stood.</summary>
    public const string Mask = "<secret>";

    /// <summary>A text without its secrets, line by line.</summary>
    /// <exception cref="RegexMatchTimeoutException">A pattern of the definition took too long.</exception>
    public string Hide(string text) => Hide(text, out _);

    /// <param name="hidden">How many there were, those counted that had been hidden before.</param>
    /// <inheritdoc cref="Hide(string)"/>
    public string Hide(string text, out int hidden)
    {
        hidden = 0;
        if (Secrets is null)
            return text;
        var output = new StringBuilder();
        var from = 0;
        foreach (Match match in Secrets.Matches(text))
        {
            foreach (var found in match.Groups["secret"].Captures.Where(capture => capture.Length > 0).OrderBy(capture => capture.Index))
            {
                if (found.Index < from)
                    continue;
                output.Append(text, from, found.Index - from).Append(Mask);
                from = found.Index + found.Length;
                hidden++;
            }
        }

        return from == 0 ? text : output.Append(text, from, text.Length - from).ToString();
    }
}
