using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Engine;

namespace Trigger.Wire.Netconf.Model;

/// <summary>An <c>rpc-reply</c>: known to be well-formed, its errors read, its data kept as it came until somebody asks.</summary>
public sealed class RpcReply
{
    private readonly MessageBytes bytes;
    private readonly Lazy<XElement> root;

    internal RpcReply(MessageBytes bytes, IReadOnlyDictionary<string, string> attributes, IReadOnlyList<RpcError> errors, bool saysOk)
    {
        this.bytes = bytes;
        Attributes = attributes;
        Errors = errors;
        SaysOk = saysOk;
        root = new Lazy<XElement>(Load);
    }

    /// <summary>The attributes of the reply by their names as written, which are those of our request (RFC 6241 §4.2), prefixes included.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>Errors and warnings in the order of the reply, wherever in it they stand.</summary>
    public IReadOnlyList<RpcError> Errors { get; }

    /// <summary>Whether the reply holds <c>ok</c>.</summary>
    public bool SaysOk { get; }

    public bool HasErrors => Errors.Any(error => !error.IsWarning);

    /// <summary>The reply's size in bytes, without framing.</summary>
    public long Length => bytes.Length;

    /// <summary>The <c>rpc-reply</c> element, built when first asked for.</summary>
    public XElement Root => root.Value;

    /// <summary>The <c>data</c> element, or null.</summary>
    public XElement? Data => Root.Elements().FirstOrDefault(child => child.Name.LocalName == "data");

    /// <summary>The message as it came.</summary>
    public string Xml => bytes.ToText();

    /// <summary>Reads the message anew from its start, without building it.</summary>
    public XmlReader CreateReader() => SafeXml.Reader(bytes.Open());

    public override string ToString() => Errors.Count > 0 ? string.Join("; ", Errors) : SaysOk ? "ok" : $"{Length} bytes";

    private XElement Load()
    {
        using var reader = CreateReader();
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
