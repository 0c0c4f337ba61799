using System.Globalization;

namespace Trigger.Hocon;

/// <summary>Gives texts their types. Null means the text is not of the type.</summary>
internal static class ConfigConversions
{
    public static string Text(HoconNode node, string path, string right) => node is ScalarNode { IsNull: false } scalar
        ? scalar.Text
        : throw new ConfigException(node.Origin, $"{path} is {node.Kind}, not {right}.");

    public static T Typed<T>(HoconNode node, string path, string right, Func<string, T?> read)
        where T : struct
    {
        var text = Text(node, path, right);
        return read(text) ?? throw new ConfigException(node.Origin, $"{path} is \"{Shortened(text)}\", which is not {right}.");
    }

    public static long? Long(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : Decimal(text) is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number
        : null;

    public static int? Int(string text) => Long(text) is { } n and >= int.MinValue and <= int.MaxValue ? (int)n : null;

    public static double? Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Boolean(string text) => text switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
