using System.Text.Json;
using Trigger.Cli.Netconf;
using Trigger.Parsing;

namespace Trigger.Cli.Output;

/// <summary>
/// What was made of an answer, for programs: a table as an array of objects with lower-case names, as Trigger and ntc-templates give it; a JSON document as it is; an XML document as
/// <see cref="XmlToJson"/> writes it; null where nothing was made of it, with the reason beside it.
/// </summary>
internal static class ParsedJson
{
    public static void Write(Utf8JsonWriter to, Parsed parsed)
    {
        switch (parsed)
        {
            case Parsed.Table { Rows: var table }:
                WriteRows(to, table);
                break;
            case Parsed.Json { Document: var document }:
                to.WritePropertyName("parsed");
                document.WriteTo(to);
                break;
            case Parsed.Xml { Document: var document }:
                XmlToJson.Write(to, "parsed", [document]);
                break;
            case Parsed.Unknown { Why: var why }:
                WriteNothing(to, why);
                break;
            case Parsed.Refused { Why: var why }:
                WriteNothing(to, why);
                break;
        }
    }

    private static void WriteNothing(Utf8JsonWriter to, string why)
    {
        to.WriteNull("parsed");
        to.WriteString("not_parsed", why);
    }

    private static void WriteRows(Utf8JsonWriter to, ParsedTable table)
    {
        var names = table.Header.Select(name => name.ToLowerInvariant()).ToArray();
        to.WriteStartArray("parsed");
        foreach (var row in table.Rows)
        {
            to.WriteStartObject();
            for (var i = 0; i < names.Length; i++)
            {
                to.WritePropertyName(names[i]);
                WriteCell(to, row[i]);
            }

            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter to, Cell? cell)
    {
        switch (cell)
        {
            case Cell.Text text:
                to.WriteStringValue(text.Value);
                break;
            case Cell.Many many:
                to.WriteStartArray();
                foreach (var item in many.Items)
                    WriteCell(to, item);
                to.WriteEndArray();
                break;
            case Cell.Parts parts:
                to.WriteStartObject();
                foreach (var (name, value) in parts.Fields)
                    to.WriteString(name, value);
                to.WriteEndObject();
                break;
            default:
                to.WriteNullValue();
                break;
        }
    }
}
