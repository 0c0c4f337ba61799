using System.Xml;
using System.Xml.Linq;

namespace Trigger.Jobs.Interfaces;

/// <summary>Reads interfaces out of Junos's configuration as XML, whatever release its namespace names.</summary>
internal static class JunosInterfaces
{
    // Filters on the way in and on the way out, and lists of them.
    private static readonly (string Element, bool Inbound)[] Filters = [("input", true), ("output", false), ("input-list", true), ("output-list", false)];

    /// <exception cref="FormatException">There is no XML in it that can be read.</exception>
    public static IReadOnlyList<InterfaceInfo> Read(string text)
    {
        var found = new List<InterfaceInfo>();
        foreach (var part in Elements(Parsed(text), "interfaces").SelectMany(interfaces => interfaces.Elements()).Where(element => element.Name.LocalName == "interface"))
        {
            var units = part.Elements().Where(element => element.Name.LocalName == "unit").ToList();
            if (units.Count == 0)
                found.Add(Read(part, null).Finish());
            found.AddRange(units.Select(unit => Read(part, unit).Finish()));
        }

        return found;
    }

    private static InterfaceDraft Read(XElement part, XElement? unit)
    {
        var name = Child(part, "name");
        var draft = new InterfaceDraft(unit is null ? name : $"{name}.{Child(unit, "name")}")
        {
            Description = unit is not null && Child(unit, "description") is { Length: > 0 } own ? own : Child(part, "description"),
            IsDisabled = IsOff(part) || (unit is not null && IsOff(unit)),
        };
        var families = unit?.Elements().Where(element => element.Name.LocalName == "family").SelectMany(family => family.Elements()) ?? [];
        foreach (var family in families.Where(family => family.Name.LocalName is "inet" or "inet6"))
        {
            foreach (var address in family.Elements().Where(element => element.Name.LocalName == "address"))
                draft.AddAddress(Child(address, "name"));
            foreach (var filter in family.Elements().Where(element => element.Name.LocalName == "filter"))
                AddFilters(draft, filter);
        }

        return draft;
    }

    private static void AddFilters(InterfaceDraft draft, XElement filter)
    {
        foreach (var (element, inbound) in Filters)
        {
            foreach (var bound in filter.Elements().Where(child => child.Name.LocalName == element))
            {
                // Junos 9 put the name into an element of its own; a list's members are bare.
                var name = Child(bound, "filter-name") is { Length: > 0 } inner ? inner : bound.HasElements ? "" : bound.Value.Trim();
                if (name.Length > 0)
                    draft.AddAcl(name, inbound);
            }
        }
    }

    private static bool IsOff(XElement element) =>
        element.Elements().Any(child => child.Name.LocalName == "disable") || (string?)element.Attribute("inactive") == "inactive";

    private static string Child(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() ?? "";

    private static IEnumerable<XElement> Elements(XElement root, string name) => root.DescendantsAndSelf().Where(element => element.Name.LocalName == name);

    // Around the XML there may be what a command line says: "{master}", "[edit]".
    private static XElement Parsed(string text)
    {
        var (from, to) = (text.IndexOf('<', StringComparison.Ordinal), text.LastIndexOf('>'));
        if (from < 0 || to < from)
            throw new FormatException("There is no XML in the answer.");

        try
        {
            using var reader = XmlReader.Create(new StringReader(text[from..(to + 1)]), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 64 * 1024 * 1024 });
            return XElement.Load(reader);
        }
        catch (XmlException broken)
        {
            throw new FormatException($"The answer is XML that cannot be read: {broken.Message}", broken);
        }
    }
}
