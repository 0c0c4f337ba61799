using System.Text.Json;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Devices as JSON: an array of objects as Trigger writes it, or one object per line.</summary>
internal static class JsonRows
{
    public static List<InventoryRow> Read(ReadOnlySpan<byte> utf8, string source, List<string> mistakes)
    {
        var rows = new List<InventoryRow>();
        var reader = new Utf8JsonReader(WithoutMark(utf8), new JsonReaderOptions
        {
            AllowMultipleValues = true,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        var lines = new LineCounter();
        try
        {
            while (reader.Read())
            {
                var line = lines.At(WithoutMark(utf8), (int)reader.TokenStartIndex);
                if (reader.TokenType == JsonTokenType.StartObject)
                    rows.Add(Row(ref reader, $"{source}:{line}"));
                else if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                    mistakes.Add($"{source}:{line}: a device is an object, {{ \"nodeName\": … }}, not {reader.TokenType}.");
            }
        }
        catch (JsonException bad)
        {
            // LineNumber counts from zero, and over the text that was given to the reader.
            mistakes.Add($"{source}:{bad.LineNumber + 1}: this is not JSON: {bad.Message.Split(" LineNumber:")[0]}");
        }

        return rows;
    }

    private static InventoryRow Row(ref Utf8JsonReader reader, string source)
    {
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            fields[name] = Value(ref reader);
        }

        return new InventoryRow(fields, source);
    }

    private static string? Value(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        using var value = JsonDocument.ParseValue(ref reader);
        var text = value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : value.RootElement.GetRawText();
        text = text.Trim();
        return text.Length > 0 ? text : null;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    // Lines are counted as the reader moves on, so that ten thousand rows are looked over once.
    private struct LineCounter()
    {
        private int counted;
        private int line = 1;

        public int At(ReadOnlySpan<byte> text, int position)
        {
            line += text[counted..position].Count((byte)'\n');
            counted = position;
            return line;
        }
    }
}
