using System.Text.Json;
using System.Xml.Linq;

namespace Trigger.Cli.Netconf;

/// <summary>
/// XML as JSON for programs that have no schema: elements by their local names, those that repeat as arrays, attributes as "@name", text beside elements as "#text", an empty
/// element as null. Numbers stay text, since without a schema nobody knows them.
/// </summary>
internal static class XmlToJson
{
    private const int Deepest = 500;

    public static void Write(Utf8JsonWriter to, string name, IReadOnlyList<XElement> elements)
    {
        if (elements is [{ Name.LocalName: "data" } data])
            elements = [.. data.Elements()];

        if (elements.Count == 0)
        {
            to.WriteNull(name);
            return;
        }

        to.WriteStartObject(name);
        Members(to, elements, 1);
        to.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter to, IEnumerable<XElement> elements, int depth)
    {
        foreach (var alike in elements.GroupBy(element => element.Name.LocalName))
        {
            to.WritePropertyName(alike.Key);
            var all = alike.ToList();
            if (all.Count > 1)
                to.WriteStartArray();

            foreach (var element in all)
                Value(to, element, depth);

            if (all.Count > 1)
                to.WriteEndArray();
        }
    }

    private static void Value(Utf8JsonWriter to, XElement element, int depth)
    {
        var attributes = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToList();
        var text = string.Concat(element.Nodes().OfType<XText>().Where(node => !XmlText.IsLayout(node)).Select(node => node.Value));
        if (element.HasElements)
            text = text.Trim();

        if (!element.HasElements && attributes.Count == 0)
        {
            if (text.Length == 0)
                to.WriteNullValue();
            else
                to.WriteStringValue(text);

            return;
        }

        to.WriteStartObject();
        foreach (var attribute in attributes)
            to.WriteString("@" + attribute.Name.LocalName, attribute.Value);

        if (text.Length > 0)
            to.WriteString("#text", text);

        // What is nested beyond any model is shown as text, not followed down the stack.
        if (depth < Deepest)
            Members(to, element.Elements(), depth + 1);
        else
            to.WriteString("#text", element.Value);

        to.WriteEndObject();
    }
}
