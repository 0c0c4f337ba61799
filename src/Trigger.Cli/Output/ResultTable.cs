using System.Globalization;
using Trigger.Parsing;

namespace Trigger.Cli.Output;

/// <summary>Outcomes as one table: a row each, or the rows that were made of them, each with its device.</summary>
internal sealed class ResultTable
{
    // A table is for the eye; whole answers are elsewhere.
    private const int Widest = 60;

    private static readonly string[] Header = ["device", "command", "verdict", "ms", "answer"];

    private readonly List<ResultLine> results = [];

    public void Add(ResultLine result) => results.Add(result);

    public void Write(TextWriter to)
    {
        foreach (var alike in results.GroupBy(Kind, StringComparer.Ordinal).OrderBy(kind => kind.Min(result => result.Step)).ThenBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var rows = alike.OrderBy(result => result.Device, StringComparer.Ordinal).ThenBy(result => result.Step).SelectMany(Rows).ToList();
            Write(to, alike.First().Parsed is Parsed.Table { Rows: var table } ? ["device", .. table.Header.Select(name => name.ToLowerInvariant())] : Header, rows);
            to.WriteLine();
        }
    }

    // Tables with the same columns together; everything else is a row of its own.
    private static string Kind(ResultLine result) => result.Parsed is Parsed.Table { Rows: var table } ? string.Join('\n', table.Header) : "";

    private static IEnumerable<string[]> Rows(ResultLine result)
    {
        if (result.Parsed is Parsed.Table { Rows: var table })
        {
            foreach (var row in table.Rows)
                yield return [result.Device, .. row.Select(ParsedText.Text)];
            yield break;
        }

        yield return
        [
            result.Device, result.Command, result.Verdict, (result.ElapsedMicroseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture),
            result.FaultText is { } fault ? $"{result.FaultKind}: {fault}" : Answer(result.Answer),
        ];
    }

    private static string Answer(string output)
    {
        var lines = output.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        return lines.Count switch { 0 => "", 1 => lines[0].Trim(), _ => $"{lines[0].Trim()} … {lines.Count} lines" };
    }

    private static void Write(TextWriter to, IReadOnlyList<string> header, List<string[]> rows)
    {
        var cells = rows.Select(row => row.Select(Fit).ToArray()).ToList();
        var widths = header.Select((name, i) => Math.Max(name.Length, cells.Select(row => row[i].Length).DefaultIfEmpty().Max())).ToArray();
        to.WriteLine(Line(header, widths));
        to.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (var row in cells)
            to.WriteLine(Line(row, widths));
    }

    private static string Fit(string text)
    {
        var plain = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return plain.Length <= Widest ? plain : plain[..(Widest - 1)] + "…";
    }

    private static string Line(IReadOnlyList<string> cells, int[] widths) => string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
}
