using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Trigger.Parsing;

namespace Trigger.Cli.Output;

/// <summary>What was made of an answer, for a person's eyes and for spreadsheets.</summary>
internal static class ParsedText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, MaxDepth = 1_000 };

    public static void Write(TextWriter to, Parsed parsed)
    {
        switch (parsed)
        {
            case Parsed.Table { Rows: var table }:
                WriteTable(to, table.Header, [.. table.Rows.Select(row => row.Select(Text).ToArray())]);
                break;
            case Parsed.Json { Document: var document }:
                to.WriteLine(JsonSerializer.Serialize(document, Indented));
                break;
            case Parsed.Xml { Document: var document }:
                WriteXml(to, document);
                break;
        }
    }

    /// <summary>A table as RFC 4180 has it; <paramref name="first"/> is what stands before each row's own fields.</summary>
    public static void WriteCsv(TextWriter to, ParsedTable table, IReadOnlyList<string> first)
    {
        foreach (var row in table.Rows)
            ResultCsv.Row(to, [.. first, .. row.Select(Text)]);
    }

    public static void WriteCsvHeader(TextWriter to, ParsedTable table, IReadOnlyList<string> first) =>
        ResultCsv.Row(to, [.. first, .. table.Header.Select(name => name.ToLowerInvariant())]);

    private static void WriteTable(TextWriter to, IReadOnlyList<string> header, List<string[]> rows)
    {
        var widths = header.Select((name, i) => Math.Max(name.Length, rows.Select(row => row[i].Length).DefaultIfEmpty().Max())).ToArray();
        to.WriteLine(Line(header, widths));
        to.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (var row in rows)
            to.WriteLine(Line(row, widths));
    }

    private static string Line(IReadOnlyList<string> cells, int[] widths) => string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();

    private static void WriteXml(TextWriter to, XElement document)
    {
        using (var xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, CloseOutput = false }))
            document.WriteTo(xml);
        to.WriteLine();
    }

    public static string Text(Cell? cell) => cell switch
    {
        Cell.Text text => text.Value,
        Cell.Many many => string.Join(", ", many.Items.Select(Text)),
        Cell.Parts parts => string.Join(' ', parts.Fields.Select(field => $"{field.Key}={field.Value}")),
        _ => "",
    };
}
