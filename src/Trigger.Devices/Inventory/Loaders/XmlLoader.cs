using System.Xml;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Trigger's XML: a root of any name with one <c>device</c> element per device, whose child elements are its fields.</summary>
public sealed class XmlLoader : IInventoryLoader
{
    public string Name => "XML";

    public LoaderAnswer Load(InventorySource source)
    {
        if (source.IsDirectory)
            return new LoaderAnswer.Refused("it is a directory");
        if (!source.Beginning.StartsWith("<"u8))
            return new LoaderAnswer.Refused("it does not begin with <");

        var rows = new List<InventoryRow>();
        var mistakes = new List<string>();
        try
        {
            using var reader = XmlReader.Create(source.Open(), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true, IgnoreProcessingInstructions = true,
            });
            reader.MoveToContent();
            Devices(reader, source.Name, rows, mistakes);
        }
        catch (XmlException bad)
        {
            mistakes.Add($"{source.Name}:{Math.Max(1, bad.LineNumber)}: this is not XML: {bad.Message}");
        }

        return new LoaderAnswer.Rows(rows, mistakes);
    }

    private static void Devices(XmlReader reader, string name, List<InventoryRow> rows, List<string> mistakes)
    {
        if (reader.IsEmptyElement)
            return;

        reader.ReadStartElement();
        while (reader.MoveToContent() != XmlNodeType.EndElement)
        {
            var line = ((IXmlLineInfo)reader).LineNumber;
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName.Equals("device", StringComparison.OrdinalIgnoreCase))
            {
                rows.Add(new InventoryRow(Fields(reader), $"{name}:{line}"));
                continue;
            }

            mistakes.Add($"{name}:{line}: a device is an element <device>, not '{(reader.NodeType == XmlNodeType.Element ? $"<{reader.LocalName}>" : reader.Value.Trim())}'.");
            reader.Skip();
        }
    }

    private static Dictionary<string, string?> Fields(XmlReader reader)
    {
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        using var device = reader.ReadSubtree();
        device.Read();
        while (device.Read())
        {
            while (device is { NodeType: XmlNodeType.Element, Depth: 1 })
            {
                var field = device.LocalName;
                var inner = device.ReadInnerXml().Trim();
                fields[field] = inner.Length == 0 ? null : Text(inner);
            }
        }

        reader.Read();
        return fields;
    }

    // ReadInnerXml moves behind the element at once, but leaves entities as they were written.
    private static string Text(string inner) => inner.Contains('&', StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(inner) : inner;
}
