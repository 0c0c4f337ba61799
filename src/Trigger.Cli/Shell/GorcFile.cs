namespace Trigger.Cli.Shell;

/// <summary>
/// Trigger's <c>.gorc</c>: commands for a vendor's devices that are typed when a person has logged in. Only commands that cannot do harm are taken, by their first word.
/// </summary>
internal static class GorcFile
{
    // GORC_ALLOWED_COMMANDS of Trigger's settings.
    private static readonly HashSet<string> Allowed =
        ["cli", "enable", "exit", "get", "monitor", "ping", "quit", "set", "show", "start", "term", "terminal", "traceroute", "who", "whoami"];

    private const string Section = "init_commands";

    /// <summary>The file that is read where none is named.</summary>
    public static string UsualPath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".gorc");

    /// <summary>The commands for a vendor, in order; none when there is no such file, section or vendor.</summary>
    /// <param name="refused">Gets each line that is not allowed.</param>
    public static IReadOnlyList<string> CommandsFor(string vendor, string text, Action<string> refused)
    {
        var commands = new List<string>();
        foreach (var line in LinesOf(vendor, text))
        {
            if (Allowed.Contains(line.Split((char[]?)null, 2)[0]))
                commands.Add(line);
            else
                refused(line);
        }

        return commands;
    }

    // An INI file as Python's ConfigParser has it: [section], "option:" or "option =", and lines that are indented go on with the option before them.
    private static IEnumerable<string> LinesOf(string vendor, string text)
    {
        var (inSection, inOption) = (false, false);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is ';' or '#')
                continue;

            if (line[0] == '[')
            {
                (inSection, inOption) = (line.StartsWith($"[{Section}]", StringComparison.Ordinal), false);
                continue;
            }

            if (char.IsWhiteSpace(raw[0]))
            {
                if (inOption)
                    yield return line;
                continue;
            }

            var end = line.IndexOfAny([':', '=']);
            inOption = inSection && end > 0 && line[..end].Trim().Equals(vendor, StringComparison.OrdinalIgnoreCase);
            if (inOption && line[(end + 1)..].Trim() is { Length: > 0 } first)
                yield return first;
        }
    }
}
