using System.Xml.Linq;
using Trigger.Wire.Netconf;

namespace Trigger.Lab.Netconf;

/// <summary>
/// edit-config on a tree without a schema (RFC 6241 §7.2): an element with a child named like a key is a list entry and is matched by it; any other is matched by its name.
/// </summary>
internal static class LabConfigEdit
{
    private static readonly string[] Keys = ["name", "id", "key", "index", "prefix"];
    private static readonly XName Operation = NetconfNames.Base + "operation";

    /// <summary>Edits <paramref name="datastore"/>, or throws and leaves the caller to throw the half-edited copy away.</summary>
    internal static void Apply(XElement datastore, IEnumerable<XElement> edits, string operation)
    {
        foreach (var edit in edits)
            Edit(datastore, edit, operation, "");
    }

    private static void Edit(XElement parent, XElement edit, string inherited, string path)
    {
        var operation = edit.Attribute(Operation)?.Value ?? inherited;
        var here = $"{path}/{edit.Name.LocalName}";
        var present = Match(parent, edit);
        switch (operation)
        {
            case "delete" when present is null:
                throw new LabRpcError("data-missing", $"There is no {edit.Name.LocalName} to delete.", path: here);
            case "delete" or "remove":
                present?.Remove();
                return;
            case "create" when present is not null:
                throw new LabRpcError("data-exists", $"There is a {edit.Name.LocalName} already.", path: here);
            case "replace" or "create":
                present?.Remove();
                present = null;
                break;
            case "merge" or "none":
                break;
            default:
                throw new LabRpcError("bad-attribute", $"The operation '{operation}' is unknown.", "protocol", here, null, new XElement(NetconfNames.Base + "bad-attribute", "operation"), new XElement(NetconfNames.Base + "bad-element", edit.Name.LocalName));
        }

        if (present is null)
        {
            if (operation == "none" && !edit.HasElements)
                throw new LabRpcError("data-missing", $"There is no {edit.Name.LocalName}.", path: here);

            present = new XElement(edit.Name, edit.Attributes().Where(attribute => attribute.Name != Operation));
            parent.Add(present);
        }

        if (!edit.HasElements)
        {
            if (operation != "none" && !present.HasElements)
                present.Value = edit.Value;

            return;
        }

        // Within what is created or replaced whole there is nothing left to create or to replace.
        var next = operation is "create" or "replace" ? "merge" : operation;
        foreach (var child in edit.Elements())
            Edit(present, child, next, here);
    }

    private static XElement? Match(XElement parent, XElement edit)
    {
        var alike = parent.Elements(edit.Name);
        var key = edit.Elements().FirstOrDefault(child => Keys.Contains(child.Name.LocalName) && !child.HasElements);
        return key is null ? alike.FirstOrDefault() : alike.FirstOrDefault(candidate => candidate.Elements(key.Name).FirstOrDefault()?.Value.Trim() == key.Value.Trim());
    }
}
