using System.Globalization;
using Trigger.Parsing;

namespace Trigger.Cli.Output;

/// <summary>Outcomes as RFC 4180 has them: a header, CR LF, and quotes where a field needs them.</summary>
internal static class ResultCsv
{
    private static readonly string[] Header = ["run", "device", "platform", "step", "command", "verdict", "fault", "fault_text", "elapsed_ms", "output"];

    public static void Write(TextWriter to, IEnumerable<ResultLine> results)
    {
        Row(to, Header);
        foreach (var result in results)
        {
            Row(to, [
                result.Run, result.Device, result.Platform, result.Step.ToString(CultureInfo.InvariantCulture), result.Command, result.Verdict, result.FaultKind ?? "", result.FaultText ?? "",
                (result.ElapsedMicroseconds / 1000.0).ToString("0.###", CultureInfo.InvariantCulture), result.Output,
            ]);
        }
    }

    /// <summary>The tables that were made of answers: those with the same columns together, each kind with a header of its own and an empty line before it.</summary>
    public static void WriteTables(TextWriter to, IEnumerable<ResultLine> results)
    {
        var first = true;
        foreach (var alike in results.Where(result => result.Parsed is Parsed.Table).GroupBy(result => string.Join(',', ((Parsed.Table)result.Parsed!).Rows.Header), StringComparer.Ordinal))
        {
            if (!first)
                to.Write("\r\n");
            foreach (var result in alike)
            {
                var table = ((Parsed.Table)result.Parsed!).Rows;
                if (result == alike.First())
                    ParsedText.WriteCsvHeader(to, table, ["device", "command"]);
                ParsedText.WriteCsv(to, table, [result.Device, result.Command]);
            }

            first = false;
        }
    }

    public static void Row(TextWriter to, IReadOnlyList<string> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                to.Write(',');
            to.Write(Field(fields[i]));
        }

        to.Write("\r\n");
    }

    // A spreadsheet takes a field that begins so for a formula, and a device may say anything.
    private static string Field(string text)
    {
        var safe = text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
