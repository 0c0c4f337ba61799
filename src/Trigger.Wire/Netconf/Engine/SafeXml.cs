using System.Xml;
using System.Xml.Linq;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>XML from strangers: no document types (RFC 6241 §3), nothing fetched, not deeper than a stack should be.</summary>
internal static class SafeXml
{
    /// <summary>Deeper than any model; who builds or prints a tree by recursion stays far from the end of the stack.</summary>
    internal const int Deepest = 512;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CloseInput = true,
        IgnoreComments = false,
    };

    private static readonly XmlReaderSettings Asynchronous = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, Async = true };

    private static readonly XmlReaderSettings Fragments = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Fragment };

    internal static XmlReader Reader(Stream from) => XmlReader.Create(from, Settings);

    internal static XmlReader AsyncReader(Stream from) => XmlReader.Create(from, Asynchronous);

    /// <summary>Reads the elements of a text; comments, white space and a declaration between them are left out.</summary>
    internal static IReadOnlyList<XElement> Fragment(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        using var reader = XmlReader.Create(new StringReader(xml.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')), Fragments);
        var elements = new List<XElement>();
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element)
                elements.Add((XElement)XNode.ReadFrom(reader));
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                throw new XmlException($"There is text outside any element: '{FarText.Show(reader.Value)}'.");
            else
                reader.Read();
        }

        return elements;
    }
}
