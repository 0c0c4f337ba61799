using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trigger.Hocon;

/// <summary>Quoted strings: JSON's, and three quotes for text that is taken as it stands.</summary>
internal static class HoconStrings
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\\\n");

    public static string Read(HoconReader reader) => reader.LooksAt("\"\"\"") ? Raw(reader) : Escaped(reader);

    private static string Raw(HoconReader reader)
    {
        var opened = reader.Origin;
        reader.TakeIf("\"\"\"");
        var text = reader.Until("\"\"\"") ?? throw new ConfigException(opened, "the text that begins with \"\"\" here is never closed. End it with \"\"\".");
        if (reader.Peek != '"')
            return text;
        var body = new StringBuilder(text);
        while (reader.Peek == '"') // Quotes directly before the closing three belong to the text.
            body.Append(reader.Take());
        return body.ToString();
    }

    private static string Escaped(HoconReader reader)
    {
        var opened = reader.Origin;
        reader.Take();
        var text = reader.UpTo(Special);
        if (reader.TakeIf('"'))
            return text;
        var body = new StringBuilder(text);
        while (true)
        {
            if (reader.AtEnd || reader.Peek == '\n')
                throw new ConfigException(opened, "a quote that opens here is not closed on its line. Close it, or use \"\"\" for text of several lines.");
            if (reader.TakeIf('"'))
                return body.ToString();
            reader.Take();
            body.Append(Escape(reader)).Append(reader.UpTo(Special));
        }
    }

    private static char Escape(HoconReader reader)
    {
        if (reader.AtEnd)
            throw reader.Mistake("the text ends after a backslash.");
        var c = reader.Take();
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => CodeUnit(reader),
            _ => throw reader.Mistake($"\\{c} is not an escape. Write \\\\ for a backslash, or use \"\"\" for text taken as it stands."),
        };
    }

    private static char CodeUnit(HoconReader reader)
    {
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < 4; i++)
            digits[i] = reader.AtEnd || reader.Peek == '\n' ? ' ' : reader.Take();
        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : throw reader.Mistake("\\u wants four hexadecimal digits after it.");
    }
}
