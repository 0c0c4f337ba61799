using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>Finds what a device's own log printed into an answer.</summary>
public static class LogLines
{
    /// <summary>The numbers of such lines, from 0; null when there are none, and when the command asked for the log itself.</summary>
    public static IReadOnlyList<int>? In(Platform platform, string command, string output)
    {
        if (platform.LogLines.Count == 0 || output.Length == 0)
            return null;

        List<int>? found = null;
        var number = 0;
        foreach (var line in output.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace() && platform.IsLogLine(line))
                (found ??= []).Add(number);
            number++;
        }

        return found is null || platform.LogCommands?.IsMatch(command.Trim()) == true ? null : found;
    }

    /// <summary>The answer without them, for whoever compares or parses it.</summary>
    public static string Without(string output, IReadOnlyList<int>? lines)
    {
        if (lines is not { Count: > 0 })
            return output;

        var skip = lines.ToHashSet();
        return string.Join('\n', output.Split('\n').Where((_, number) => !skip.Contains(number)));
    }
}
