using System.Globalization;
using System.Text;

namespace Trigger.Hocon;

/// <summary>Values written one after another: texts become one text, lists one list, objects one object.</summary>
internal static class HoconJoin
{
    /// <summary>Joins what can be joined while reading. A text among lists is a mistake that needs no substitution to be seen.</summary>
    public static HoconNode AsWritten(ConfigOrigin origin, List<HoconNode> pieces)
    {
        if (pieces.TrueForAll(piece => piece is ScalarNode or BlankNode))
            return new ScalarNode(origin, Text(pieces), quoted: true);
        Agree(pieces.FindAll(piece => piece is ScalarNode or ArrayNode or ObjectNode));
        return new ConcatenationNode(origin, pieces);
    }

    /// <summary>Throws when the values are not all of one kind. An object whose keys count 0, 1, 2 passes for a list.</summary>
    public static void Agree(List<HoconNode> values)
    {
        if (values.Count == 0)
            return;
        var lists = values.Exists(value => value is ArrayNode);
        var first = values[0];
        if (values.Find(value => value.GetType() != first.GetType() && !(lists && AsList(value) is not null && AsList(first) is not null)) is { } odd)
            throw new ConfigException(odd.Origin, $"{first.Kind} and {odd.Kind} cannot be written one after another.");
    }

    public static string Text(List<HoconNode> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
            text.Append(piece is BlankNode blank ? blank.Text : ((ScalarNode)piece).Text);
        return text.ToString();
    }

    /// <summary>The value as a list: itself, or the values of an object under whole numbers in rising order; null when it is neither.</summary>
    public static ArrayNode? AsList(HoconNode value)
    {
        if (value is ArrayNode list)
            return list;
        if (value is not ObjectNode holder)
            return null;
        var items = holder.Fields
            .Select(field => (Index: int.TryParse(field.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1, field.Value))
            .Where(item => item.Index >= 0)
            .OrderBy(item => item.Index)
            .Select(item => item.Value)
            .ToList();
        return items.Count > 0 ? new ArrayNode(value.Origin, items) : null;
    }
}
