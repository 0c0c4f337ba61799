using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Engine;

namespace Trigger.Wire.Netconf.Model;

/// <summary>Where a configuration comes from or goes to.</summary>
public abstract record ConfigurationSource
{
    /// <summary>A datastore: running, candidate, startup, or one of the device's own.</summary>
    public sealed record Datastore(string Name) : ConfigurationSource
    {
        public override string ToString() => Name;
    }

    /// <summary>A file that the server reads or writes; needs <c>:url</c> with its scheme.</summary>
    public sealed record Url(string Address) : ConfigurationSource
    {
        public override string ToString() => Address;
    }

    /// <summary>A configuration in the request itself: the children of <c>config</c>.</summary>
    public sealed record Inline(IReadOnlyList<XElement> Elements) : ConfigurationSource
    {
        public override string ToString() => "a configuration of our own";
    }

    private ConfigurationSource() { }

    public static ConfigurationSource Running { get; } = new Datastore("running");

    /// <summary>Needs <c>:candidate</c>.</summary>
    public static ConfigurationSource Candidate { get; } = new Datastore("candidate");

    /// <summary>Needs <c>:startup</c>.</summary>
    public static ConfigurationSource Startup { get; } = new Datastore("startup");

    /// <summary>A configuration as text: a <c>config</c> element, or what would stand in it.</summary>
    /// <exception cref="XmlException">The text is not XML.</exception>
    public static ConfigurationSource FromXml(string xml)
    {
        var elements = SafeXml.Fragment(xml);
        return new Inline(elements is [{ Name.LocalName: "config" or "data" } whole] ? [.. whole.Elements()] : elements);
    }

    /// <summary>A word of a command line: a URL, or the name of a datastore.</summary>
    public static ConfigurationSource Named(string word)
    {
        ArgumentException.ThrowIfNullOrEmpty(word);
        return word.Contains("://", StringComparison.Ordinal) || word.StartsWith("file:", StringComparison.Ordinal) ? new Url(word) : new Datastore(word);
    }

    /// <summary>What a server must offer so that this can be meant, or null.</summary>
    internal string? Needs => this switch
    {
        Datastore { Name: "candidate" } => ":candidate",
        Datastore { Name: "startup" } => ":startup",
        Url => ":url",
        _ => null,
    };

    internal void WriteTo(XmlWriter to, string? role)
    {
        var ns = NetconfNames.Base.NamespaceName;
        if (role is not null)
            to.WriteStartElement(role, ns);

        switch (this)
        {
            case Datastore datastore:
                to.WriteElementString(datastore.Name, ns, null);
                break;
            case Url url:
                to.WriteElementString("url", ns, url.Address);
                break;
            case Inline inline:
                to.WriteStartElement("config", ns);
                foreach (var element in inline.Elements)
                    element.WriteTo(to);
                to.WriteEndElement();
                break;
        }

        if (role is not null)
            to.WriteEndElement();
    }
}
