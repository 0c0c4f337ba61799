using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trigger.Hocon;

/// <summary>Writes a resolved configuration down again: valid HOCON, one field on a line.</summary>
internal static class ConfigText
{
    public static string Of(ObjectNode root, bool withOrigins)
    {
        var text = new StringBuilder();
        Fields(text, root, indent: 0, withOrigins);
        return text.ToString();
    }

    private static void Fields(StringBuilder text, ObjectNode holder, int indent, bool withOrigins)
    {
        foreach (var (name, value) in holder.Fields)
        {
            text.Append(' ', indent).Append(ConfigPath.Join([name]));
            if (value is ObjectNode inner)
            {
                text.Append(" {\n");
                Fields(text, inner, indent + 2, withOrigins);
                text.Append(' ', indent).Append("}\n");
                continue;
            }

            text.Append(" = ");
            Value(text, value);
            text.Append(withOrigins ? $" # {value.Origin}\n" : "\n");
        }
    }

    private static void Value(StringBuilder text, HoconNode value)
    {
        switch (value)
        {
            case ArrayNode list:
                text.Append('[');
                Listed(text, list.Items, Value);
                text.Append(']');
                break;
            case ObjectNode holder:
                text.Append("{ ");
                Listed(text, holder.Fields, (text, field) =>
                {
                    text.Append(ConfigPath.Join([field.Key])).Append(" = ");
                    Value(text, field.Value);
                });
                text.Append(" }");
                break;
            case ScalarNode { Quoted: false } bare:
                text.Append(bare.Text);
                break;
            case ScalarNode quoted:
                text.Append('"').Append(JsonEncodedText.Encode(quoted.Text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)).Append('"');
                break;
        }
    }

    private static void Listed<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> write)
    {
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ", ");
            write(text, item);
            first = false;
        }
    }
}
