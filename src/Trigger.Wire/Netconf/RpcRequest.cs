using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Engine;

namespace Trigger.Wire.Netconf;

/// <summary>An operation, ready to be sent; it may be sent many times and on many sessions.</summary>
public sealed record RpcRequest
{
    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.Entitize,
    };

    private RpcRequest(string operation, ReadOnlyMemory<byte> body)
    {
        Operation = operation;
        Body = body;
    }

    /// <summary>The operation's element name, for messages.</summary>
    public string Operation { get; }

    /// <summary>Further attributes of the <c>rpc</c> element, which the reply repeats: <c>xmlns:x</c> and <c>x:y</c> and their values.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the answer may take; null for the session's own limit. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What of an answer is raised as an exception; null for the session's own rule.</summary>
    public RaiseMode? Raise { get; init; }

    /// <summary>What the server must offer, as URIs or shorthands; an entry with '|' wants any one of several.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The content of the <c>rpc</c> element, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// Any operation as text. An element without a namespace is in the base namespace, as it stands in an <c>rpc</c> that says so. An <c>rpc</c> around it is taken off, its attributes are
    /// kept and its message-id is not.
    /// </summary>
    /// <exception cref="XmlException">The text is not one well-formed element.</exception>
    public static RpcRequest FromXml(string xml)
    {
        var elements = SafeXml.Fragment(xml);
        if (elements is not [var root])
            throw new XmlException($"An operation is one element; there are {elements.Count}.");

        return root.Name.LocalName == "rpc" && root.Elements().ToArray() is [var inner] ? From(inner) with { Attributes = Kept(root) } : From(root);
    }

    /// <summary>Any operation as an element.</summary>
    public static RpcRequest From(XElement operation)
    {
        ArgumentNullException.ThrowIfNull(operation);

        // An element without a namespace means what its place gives it: the default namespace of the rpc element around it.
        return Written(operation.Name.LocalName, writer => operation.WriteTo(writer));
    }

    /// <summary>The operation's element, built anew. One without a namespace is in the base namespace where it is sent.</summary>
    public XElement ToElement()
    {
        using var reader = SafeXml.Reader(new MemoryStream(Body.ToArray()));
        return XElement.Load(reader);
    }

    internal static RpcRequest Of(string operation, Action<XmlWriter>? content = null, XNamespace? ns = null) => Written(operation, writer =>
    {
        writer.WriteStartElement(operation, (ns ?? NetconfNames.Base).NamespaceName);
        content?.Invoke(writer);
        writer.WriteEndElement();
    });

    public override string ToString() => Operation;

    private static RpcRequest Written(string operation, Action<XmlWriter> write)
    {
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, Settings))
            write(writer);

        return new RpcRequest(operation, body.ToArray());
    }

    private static Dictionary<string, string> Kept(XElement rpc) => rpc.Attributes()
        .Where(attribute => attribute.Name.LocalName != "message-id" && attribute is not { IsNamespaceDeclaration: true, Name.LocalName: "xmlns" })
        .ToDictionary(
            attribute => attribute.IsNamespaceDeclaration ? "xmlns:" + attribute.Name.LocalName
                : rpc.GetPrefixOfNamespace(attribute.Name.Namespace) is { } prefix ? $"{prefix}:{attribute.Name.LocalName}" : attribute.Name.LocalName,
            attribute => attribute.Value);
}
