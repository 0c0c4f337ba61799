using System.Text.Json;
using System.Xml.Linq;

namespace Trigger.Parsing;

/// <summary>What could be made of a device's answer.</summary>
public abstract record Parsed
{
    /// <summary>Rows, by a template or a parser written in C#.</summary>
    public sealed record Table(ParsedTable Rows) : Parsed;

    /// <summary>The device answered in JSON itself.</summary>
    public sealed record Json(JsonElement Document) : Parsed;

    /// <summary>The device answered in XML itself.</summary>
    public sealed record Xml(XElement Document) : Parsed;

    /// <summary>Nobody here knows what this command prints on this platform.</summary>
    public sealed record Unknown(string Why) : Parsed;

    /// <summary>There is a parser, and it refuses the answer or is itself broken.</summary>
    public sealed record Refused(string Why) : Parsed;

    private Parsed() { }
}
