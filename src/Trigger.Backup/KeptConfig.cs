using System.Text;
using System.Text.RegularExpressions;
using Trigger.Devices.Platforms;

namespace Trigger.Backup;

/// <summary>A configuration as it is kept: without what changes by itself, and without what is secret.</summary>
/// <param name="Text">Its lines, each ended by a line feed.</param>
/// <param name="Masked">How many secrets were masked.</param>
public sealed record KeptConfig(string Text, int Masked)
{
    /// <summary>What a device printed, made fit to be kept. Null when it is not the whole of a configuration, with the reason.</summary>
    /// <param name="printed">The answers to the platform's commands, in their order.</param>
    /// <param name="withSecrets">Secrets are kept, because somebody asked for that.</param>
    /// <exception cref="RegexMatchTimeoutException">A pattern of the platform's definition took too long.</exception>
    public static (KeptConfig? Kept, string Why) Of(ConfigBackup how, IReadOnlyList<string> printed, bool withSecrets)
    {
        var text = new StringBuilder();
        var masked = 0;
        foreach (var answer in printed)
        {
            var lines = answer.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
            if (lines.FindLast(line => line.Length > 0) is not { } last)
                return (null, "the device printed nothing");
            if (how.Ends?.IsMatch(last) == false)
                return (null, $"the configuration ends with '{(last.Length > 60 ? last[..60] + "…" : last)}', so it is not whole");

            foreach (var line in Trimmed(lines))
            {
                if (how.Volatile?.IsMatch(line) == true)
                    continue;
                var hidden = 0;
                text.Append(withSecrets ? line : how.Hide(line, out hidden)).Append('\n');
                masked += hidden;
            }
        }

        return (new KeptConfig(text.ToString(), masked), "");
    }

    private static IEnumerable<string> Trimmed(List<string> lines)
    {
        var first = lines.FindIndex(line => line.Length > 0);
        var last = lines.FindLastIndex(line => line.Length > 0);
        return lines.Skip(first).Take(last - first + 1);
    }
}
