using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using Trigger.Wire.Netconf;

namespace Trigger.Lab.Netconf;

/// <summary>Filters of RFC 6241 §6 and §8.9.</summary>
internal static class LabFilter
{
    /// <summary>What is left of <paramref name="data"/>, in a tree of its own.</summary>
    internal static XElement Apply(XElement data, XElement? filter)
    {
        if (filter is null)
            return new XElement(data);

        var type = (filter.Attribute("type") ?? filter.Attribute(NetconfNames.Base + "type"))?.Value ?? "subtree";
        return type switch
        {
            "subtree" => Subtree(data, filter),
            "xpath" => XPath(data, filter),
            _ => throw new LabRpcError("bad-attribute", $"The filter type '{type}' is unknown.", "protocol", info: new XElement(NetconfNames.Base + "bad-attribute", "type")),
        };
    }

    private static XElement Subtree(XElement data, XElement filter)
    {
        var left = new XElement(data.Name);
        foreach (var child in data.Elements())
        {
            foreach (var part in filter.Elements().Where(part => IsMeant(part, child)))
            {
                if (Select(child, part) is not { } chosen)
                    continue;

                left.Add(chosen);
                break;
            }
        }

        return left;
    }

    /// <summary>What of an element a part of the filter selects; null for nothing (RFC 6241 §6.2).</summary>
    private static XElement? Select(XElement element, XElement part)
    {
        foreach (var attribute in part.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            if (element.Attribute(attribute.Name)?.Value != attribute.Value)
                return null;
        }

        if (!part.HasElements)
            return part.Value.Trim() is { Length: > 0 } text && element.Value.Trim() != text ? null : new XElement(element);

        var contentMatches = part.Elements().Where(child => !child.HasElements && child.Value.Trim().Length > 0).ToList();
        if (contentMatches.Any(wanted => !element.Elements().Any(child => IsMeant(wanted, child) && child.Value.Trim() == wanted.Value.Trim())))
            return null;

        var others = part.Elements().Except(contentMatches).ToList();
        if (others.Count == 0)
            return new XElement(element);

        var chosen = new XElement(element.Name, element.Attributes());
        foreach (var child in element.Elements())
        {
            if (contentMatches.Any(wanted => IsMeant(wanted, child)))
                chosen.Add(new XElement(child));
            else if (others.Where(wanted => IsMeant(wanted, child)).Select(wanted => Select(child, wanted)).FirstOrDefault(selected => selected is not null) is { } selected)
                chosen.Add(selected);
        }

        return chosen.HasElements ? chosen : null;
    }

    // A filter element without a namespace means any (RFC 6241 §6.2.1). ncclient sends such, and they inherit the base namespace of the rpc.
    private static bool IsMeant(XElement part, XElement element) =>
        part.Name == element.Name || (part.Name.LocalName == element.Name.LocalName && (part.Name.Namespace == XNamespace.None || part.Name.Namespace == NetconfNames.Base));

    private static XElement XPath(XElement data, XElement filter)
    {
        var select = (filter.Attribute("select") ?? filter.Attribute(NetconfNames.Base + "select"))?.Value
            ?? throw new LabRpcError("missing-attribute", "The filter has no select.", "protocol", info: new XElement(NetconfNames.Base + "bad-attribute", "select"));
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var declaration in filter.AncestorsAndSelf().Reverse().Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Name.LocalName != "xmlns"))
            names.AddNamespace(declaration.Name.LocalName, declaration.Value);

        try
        {
            // The root of the expression is what holds the top-level elements, so "/a" must find a child of data.
            var document = new XElement(data);
            var expression = select.StartsWith("//", StringComparison.Ordinal) ? "." + select : select.TrimStart('/');
            var kept = document.XPathSelectElements(expression, names).ToHashSet();
            var along = kept.SelectMany(element => element.Ancestors()).ToHashSet();
            Prune(document, kept, along);
            return document;
        }
        catch (Exception e) when (e is XPathException or InvalidOperationException)
        {
            throw new LabRpcError("bad-attribute", $"The expression '{select}' cannot be evaluated: {e.Message}", "protocol", info: new XElement(NetconfNames.Base + "bad-attribute", "select"));
        }
    }

    private static void Prune(XElement element, HashSet<XElement> kept, HashSet<XElement> along)
    {
        foreach (var child in element.Elements().ToList())
        {
            if (kept.Contains(child))
                continue;

            if (along.Contains(child))
                Prune(child, kept, along);
            else if (child.Name.LocalName != "name" || element == element.Document?.Root)
                child.Remove();
        }
    }
}
