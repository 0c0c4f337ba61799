using System.Text;

namespace Trigger.Cli.Tools;

/// <summary>A table as Trigger's tools print it: vertical rules everywhere, one horizontal rule below the heading, cells of several lines.</summary>
internal static class TextTable
{
    public static string Of(IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var cells = rows.Prepend(heading).Select(row => row.Select(cell => cell.Split('\n')).ToList()).ToList();
        var widths = heading.Select((_, column) => cells.Max(row => row[column].Max(line => line.Length))).ToList();
        var text = new StringBuilder();
        for (var index = 0; index < cells.Count; index++)
        {
            for (var line = 0; line < cells[index].Max(cell => cell.Length); line++)
                text.Append("| ").AppendJoin(" | ", cells[index].Select((cell, column) => (line < cell.Length ? cell[line] : "").PadRight(widths[column]))).Append(" |\n");
            if (index == 0)
                text.Append('+').AppendJoin('+', widths.Select(width => new string('-', width + 2))).Append("+\n");
        }

        return text.ToString();
    }
}
