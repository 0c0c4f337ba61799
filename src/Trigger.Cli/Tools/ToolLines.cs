using Trigger.Cli.Input;

namespace Trigger.Cli.Tools;

/// <summary>Texts as lines that can be typed.</summary>
internal static class ToolLines
{
    public static IReadOnlyList<string> Of(IEnumerable<ToolText> texts, Mistakes mistakes)
    {
        var lines = new List<string>();
        foreach (var text in texts)
            CommandLines.Take(text.Lines, text.Place, lines, mistakes);
        return lines;
    }
}
