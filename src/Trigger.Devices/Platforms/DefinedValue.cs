using Trigger.Hocon;

namespace Trigger.Devices.Platforms;

/// <summary>One value of a resolved definition, and where it was written.</summary>
/// <param name="Path">From the platform on: <c>modes.user.prompt</c>.</param>
/// <param name="Value">As HOCON text; lists in brackets.</param>
/// <param name="Origin"><c>file:line:column</c>; a built-in file begins with <c>built-in:</c>.</param>
public sealed record DefinedValue(string Path, string Value, string Origin)
{
    internal static IReadOnlyList<DefinedValue> Of(Config definition)
    {
        var values = new List<DefinedValue>();
        Gather(definition.AsEnumerable(), "", values);
        return values;
    }

    private static void Gather(IEnumerable<KeyValuePair<string, ConfigValue>> fields, string path, List<DefinedValue> values)
    {
        foreach (var (key, value) in fields)
        {
            var full = path.Length == 0 ? key : $"{path}.{key}";
            if (value.Kind == ConfigValueKind.Fields)
                Gather(value.Fields, full, values);
            else
                values.Add(new DefinedValue(full, TextOf(value), value.Origin.ToString()));
        }
    }

    private static string TextOf(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.List => $"[{string.Join(", ", value.Items.Select(TextOf))}]",
        ConfigValueKind.Fields => $"{{ {string.Join(", ", value.Fields.Select(field => $"{field.Key} = {TextOf(field.Value)}"))} }}",
        ConfigValueKind.Null => "null",
        _ => value.IsQuoted ? Quoted(value.Text!) : value.Text!,
    };

    // Triple quotes show a regular expression as it is; control characters need the other kind.
    private static string Quoted(string text) => text.Any(char.IsControl)
        ? $"\"{string.Concat(text.Select(c => c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", '"' => "\\\"", '\\' => "\\\\", _ when char.IsControl(c) => $"\\u{(int)c:x4}", _ => c.ToString() }))}\""
        : text.Contains('\\', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal) ? $"\"\"\"{text}\"\"\"" : $"\"{text}\"";
}
