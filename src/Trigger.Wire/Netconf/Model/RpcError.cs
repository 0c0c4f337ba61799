using System.Xml.Linq;

namespace Trigger.Wire.Netconf.Model;

/// <summary>One <c>rpc-error</c> (RFC 6241 §4.3 and appendix A). The words are the server's own, so that none is lost that we do not know.</summary>
public sealed record RpcError
{
    /// <summary>transport, rpc, protocol or application.</summary>
    public string Type { get; init; } = "";

    /// <summary>For example <c>lock-denied</c>.</summary>
    public string Tag { get; init; } = "";

    /// <summary>error or warning. A server that leaves it out means error.</summary>
    public string Severity { get; init; } = "error";

    public string? AppTag { get; init; }

    /// <summary>XPath of the element in error, in the server's prefixes.</summary>
    public string? Path { get; init; }

    public string? Message { get; init; }

    /// <summary>The <c>error-info</c> element.</summary>
    public XElement? Info { get; init; }

    public bool IsWarning => Severity == "warning";

    /// <summary>Who holds what was asked for, from the info of a lock-denied; 0 is somebody outside NETCONF.</summary>
    public uint? HeldBySession => InfoText("session-id") is { } text && uint.TryParse(text, out var id) ? id : null;

    /// <summary>The text of a child of the info, such as <c>bad-element</c>; null when it is not there.</summary>
    public string? InfoText(string name) => Info?.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();

    public override string ToString()
    {
        var text = $"{(IsWarning ? "warning: " : "")}{Tag}{(AppTag is null ? "" : $" ({AppTag})")}{(Message is null ? "" : $": {Message}")}{(Path is null ? "" : $" at {Path}")}";
        var info = string.Join(", ", Info?.Elements().Select(child => $"{child.Name.LocalName} {child.Value.Trim()}") ?? []);
        return info.Length == 0 ? text : $"{text} [{info}]";
    }

    internal static RpcError Read(XElement element)
    {
        string? Text(string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;

        return new RpcError
        {
            Type = Text("error-type") ?? "",
            Tag = Text("error-tag") ?? "",
            Severity = Text("error-severity") ?? "error",
            AppTag = Text("error-app-tag"),
            Path = Text("error-path"),
            Message = Text("error-message"),
            Info = element.Elements().FirstOrDefault(child => child.Name.LocalName == "error-info"),
        };
    }
}
