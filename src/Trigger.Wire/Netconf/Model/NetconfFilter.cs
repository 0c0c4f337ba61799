using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Engine;

namespace Trigger.Wire.Netconf.Model;

/// <summary>What part of the data is wanted (RFC 6241 §6 and §8.9).</summary>
public abstract record NetconfFilter
{
    /// <summary>By example. No element at all selects nothing.</summary>
    public sealed record Subtree(IReadOnlyList<XElement> Elements) : NetconfFilter;

    /// <summary>By XPath 1.0; needs <c>:xpath</c>. The prefixes of the expression must be declared.</summary>
    public sealed record XPath(string Expression, IReadOnlyDictionary<string, string> Namespaces) : NetconfFilter;

    private NetconfFilter() { }

    /// <summary>A subtree filter from text: one or more elements.</summary>
    /// <exception cref="XmlException">The text is not XML.</exception>
    public static NetconfFilter FromXml(string xml) => new Subtree(SafeXml.Fragment(xml));

    public static NetconfFilter Of(params XElement[] elements) => new Subtree(elements);

    public static NetconfFilter FromXPath(string expression, params (string Prefix, string Namespace)[] namespaces) =>
        new XPath(expression, namespaces.ToDictionary(pair => pair.Prefix, pair => pair.Namespace));

    /// <summary>Writes it as the <c>filter</c> element of <paramref name="parent"/>'s namespace.</summary>
    internal void WriteTo(XmlWriter to, string parent)
    {
        to.WriteStartElement("filter", parent);
        switch (this)
        {
            case Subtree subtree:
                to.WriteAttributeString("type", "subtree");
                foreach (var element in subtree.Elements)
                    element.WriteTo(to);
                break;
            case XPath xpath:
                to.WriteAttributeString("type", "xpath");
                foreach (var (prefix, name) in xpath.Namespaces)
                    to.WriteAttributeString("xmlns", prefix, null, name);
                to.WriteAttributeString("select", xpath.Expression);
                break;
        }

        to.WriteEndElement();
    }
}
