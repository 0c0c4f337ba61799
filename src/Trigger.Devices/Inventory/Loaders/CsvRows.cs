using System.Text;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Cells of comma-separated text after RFC 4180; lines that begin with # and empty lines are passed over.</summary>
internal sealed class CsvRows(string text, string source, List<string> mistakes)
{
    private int at = text.StartsWith('\uFEFF') ? 1 : 0;
    private int line = 1;

    /// <summary>Rows with fields by name: by the header's names when there is one, else in Trigger's bare order.</summary>
    public IEnumerable<InventoryRow> Read()
    {
        string[]? header = null;
        while (Next() is var (cells, started))
        {
            if (header is null)
            {
                header = IsHeader(cells) ? [.. cells] : InventoryFields.Bare;
                if (!ReferenceEquals(header, InventoryFields.Bare))
                    continue;
            }

            if (cells.Count > header.Length && cells.Skip(header.Length).Any(cell => cell.Length > 0))
                mistakes.Add($"{source}:{started}: {cells.Count} columns, but {Columns(header)}. Quote a cell that has a comma in it.");
            else
                yield return Row(header, cells, started);
        }
    }

    /// <summary>Whether a text can be nothing else: its first row names devices and what is known of them.</summary>
    public static bool BeginsWithHeader(string text) =>
        new CsvRows(text, "", []).Next() is var (cells, _) && cells.Count > 1 && IsHeader(cells);

    // A router may be called "host", but hardly one made by "site".
    private static bool IsHeader(List<string> cells) =>
        cells.Exists(cell => cell.Equals("nodeName", StringComparison.OrdinalIgnoreCase))
        || (cells.Exists(InventoryFields.Names.Contains) && cells.Exists(cell => InventoryFields.Known.Contains(cell) || InventoryFields.Addresses.Contains(cell)));

    private static string Columns(string[] header) => ReferenceEquals(header, InventoryFields.Bare)
        ? $"a file without a header has at most {string.Join(", ", header)}"
        : $"the header names {header.Length}";

    private InventoryRow Row(string[] header, List<string> cells, int started)
    {
        var fields = new Dictionary<string, string?>(header.Length, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < cells.Count && i < header.Length; i++)
        {
            if (header[i].Length > 0)
                fields[header[i]] = cells[i].Length > 0 ? cells[i] : null;
        }

        return new InventoryRow(fields, $"{source}:{started}");
    }

    private (List<string> Cells, int Line)? Next()
    {
        while (at < text.Length)
        {
            var content = text.AsSpan(at, LineEnd() - at).Trim();
            if (content.Length == 0 || content[0] == '#')
                SkipLine();
            else if (Record() is { } record)
                return record;
        }

        return null;
    }

    private (List<string> Cells, int Line)? Record()
    {
        var cells = new List<string>();
        var started = line;
        while (true)
        {
            if (Cell(started) is not { } cell)
            {
                SkipLine();
                return null;
            }

            cells.Add(cell);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            if (at < text.Length)
            {
                at++;
                line++;
            }

            return (cells, started);
        }
    }

    private void SkipLine()
    {
        at = Math.Min(LineEnd() + 1, text.Length);
        line++;
    }

    // Stops at the comma or line end after the cell; null, with a mistake noted, when the cell is broken.
    private string? Cell(int started)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        if (at < text.Length && text[at] == '"')
            return Quoted(started);
        var start = at;
        var end = text.AsSpan(at).IndexOfAny(',', '\n');
        at = end < 0 ? text.Length : at + end;
        return text[start..at].Trim();
    }

    private string? Quoted(int started)
    {
        var cell = new StringBuilder();
        var (opened, openedLine) = (at, line);
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\n')
                line++;
            if (text[at] != '"')
            {
                cell.Append(text[at]);
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
                continue;
            }

            at++;
            if (AfterQuote())
                return cell.ToString().Trim();
            if (line == openedLine)
                return Broken(started, "text stands after a closing quote. Double a quote that is part of the cell.");
            break; // The quote that ended it opened another row's cell.
        }

        // Only this line is given up: a forgotten quote must not swallow the rest of the file.
        (at, line) = (opened, openedLine);
        return Broken(started, "a quote is opened and never closed.");
    }

    private bool AfterQuote()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r')
            at++;
        return at >= text.Length || text[at] is ',' or '\n';
    }

    private string? Broken(int started, string problem)
    {
        mistakes.Add($"{source}:{started}: {problem}");
        return null;
    }

    private int LineEnd() => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
}
