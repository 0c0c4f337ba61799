using System.Xml;
using System.Xml.Linq;

namespace Trigger.Cli.Netconf;

/// <summary>XML for people: indented, whatever the device's own spaces, and no control character reaches the terminal, since XML has none.</summary>
internal static class XmlText
{
    private static readonly XmlWriterSettings Indented = new() { Indent = true, OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, Async = true, NewLineChars = "\n" };

    public static void Write(TextWriter to, IEnumerable<XElement> elements)
    {
        foreach (var element in elements)
        {
            Bare(element);
            using (var writer = XmlWriter.Create(to, Indented))
                element.WriteTo(writer);

            to.WriteLine();
        }
    }

    public static string Of(XElement element)
    {
        using var text = new StringWriter();
        Write(text, [new XElement(element)]);
        return text.ToString();
    }

    /// <summary>Copies the element that the reader stands on, event by event.</summary>
    public static async Task Copy(XmlReader from, TextWriter to)
    {
        var bottom = from.Depth;
        using (var writer = XmlWriter.Create(to, Indented))
        {
            do
                await Copy(from, writer).ConfigureAwait(false);
            while (await from.ReadAsync().ConfigureAwait(false) && from.Depth > bottom);

            if (from.NodeType == XmlNodeType.EndElement && from.Depth == bottom)
                await writer.WriteEndElementAsync().ConfigureAwait(false);
        }

        await to.WriteLineAsync().ConfigureAwait(false);
    }

    private static async Task Copy(XmlReader from, XmlWriter to)
    {
        switch (from.NodeType)
        {
            case XmlNodeType.Element:
                await to.WriteStartElementAsync(from.Prefix, from.LocalName, from.NamespaceURI).ConfigureAwait(false);
                await to.WriteAttributesAsync(from, defattr: false).ConfigureAwait(false);
                if (from.IsEmptyElement)
                    await to.WriteEndElementAsync().ConfigureAwait(false);
                break;
            case XmlNodeType.EndElement:
                await to.WriteEndElementAsync().ConfigureAwait(false);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                await to.WriteStringAsync(from.Value).ConfigureAwait(false);
                break;
        }
    }

    // The device's own line ends between elements would keep the writer from indenting; alone in an element they are its indentation, too.
    private static void Bare(XElement element)
    {
        foreach (var space in element.DescendantNodes().OfType<XText>().Where(IsLayout).ToList())
            space.Remove();
    }

    internal static bool IsLayout(XText text) => string.IsNullOrWhiteSpace(text.Value) && (text.Parent!.HasElements || text.Value.Contains('\n', StringComparison.Ordinal));
}
