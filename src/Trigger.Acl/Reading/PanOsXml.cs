using System.Xml;
using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>Tells a PAN-OS configuration in XML as the words of the <c>set</c> lines that would make it.</summary>
internal static class PanOsXml
{
    public static bool Looks(string text)
    {
        var head = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        return head is ['<', ..] && text.Contains("<entry name=", StringComparison.Ordinal);
    }

    /// <summary>Hands each value on with the words of its path. Reading ends at the first place that is no XML, which is told.</summary>
    public static void Read(string text, ReadLimits limits, DiagnosticList said, Action<List<string>, Position> put)
    {
        var path = new List<string>();
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true };
        using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')), settings);
        var skipped = text.Length - text.AsSpan().TrimStart("\uFEFF \t\r\n").Length;
        var before = text.AsSpan(0, skipped).Count('\n');
        try
        {
            while (reader.Read())
            {
                var at = new Position(before + ((IXmlLineInfo)reader).LineNumber, ((IXmlLineInfo)reader).LinePosition);
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        path.Add(Word(reader));
                        if (path.Count > limits.Depth)
                        {
                            said.Error(at, $"elements are nested more than {limits.Depth} deep; the rest is not read");
                            return;
                        }

                        if (reader.IsEmptyElement)
                        {
                            put([.. path], at);
                            path.RemoveAt(path.Count - 1);
                        }

                        break;
                    case XmlNodeType.EndElement:
                        path.RemoveAt(path.Count - 1);
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA:
                        put([.. path[^1] == "member" ? path[..^1] : path, reader.Value.Trim()], at);
                        break;
                }
            }
        }
        catch (XmlException wrong)
        {
            said.Error(new Position(before + wrong.LineNumber, wrong.LinePosition), $"this is no XML from here on: {wrong.Message}");
        }
    }

    // <entry name="web"> is the word "web".
    private static string Word(XmlReader reader) => reader.Name == "entry" && reader.GetAttribute("name") is { } name ? name : reader.Name;
}
