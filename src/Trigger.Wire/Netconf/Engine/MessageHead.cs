using System.Xml;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>The root of a message: its name and its attributes, readable before the rest has come.</summary>
internal sealed record MessageHead(string Name, string Namespace, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>A root element with its declarations does not need more.</summary>
    internal const int Longest = 64 * 1024;

    internal string? MessageId => Attributes.GetValueOrDefault("message-id");

    /// <summary>Reads the head of a message whose first start tag a <see cref="HeadScan"/> has found.</summary>
    /// <exception cref="NetconfException">This is no XML, or has a document type.</exception>
    internal static MessageHead Read(MessageBytes message)
    {
        try
        {
            using var reader = SafeXml.Reader(message.Open());
            return reader.MoveToContent() == XmlNodeType.Element ? Of(reader) : throw MessageParser.Bad("The message has no element.");
        }
        catch (XmlException e)
        {
            throw MessageParser.Bad(e.Message);
        }
    }

    /// <summary>The head of the element that the reader stands on.</summary>
    internal static MessageHead Of(XmlReader reader)
    {
        var attributes = new Dictionary<string, string>(reader.AttributeCount);
        for (var i = 0; i < reader.AttributeCount; i++)
        {
            reader.MoveToAttribute(i);
            attributes[reader.Name] = reader.Value;
        }

        reader.MoveToElement();
        return new MessageHead(reader.LocalName, reader.NamespaceURI, attributes);
    }
}
