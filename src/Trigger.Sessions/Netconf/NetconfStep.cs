using System.Xml;
using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Sessions.Netconf;

/// <summary>
/// A NETCONF operation as one step of a run. Written as XML, or short:
/// <code>
///   get [FILTER]                    edit-config DATASTORE CONFIG       commit
///   get-config DATASTORE [FILTER]   copy-config FROM TO                discard-changes
///   get-schema NAME                 delete-config DATASTORE            lock | unlock | validate DATASTORE
/// </code>
/// FILTER and CONFIG are XML. A datastore may be a URL.
/// </summary>
public sealed class NetconfStep
{
    private static readonly HashSet<string> Reading = ["get", "get-config", "get-data", "get-schema"];

    // Locks live and die with the session, so that to ask again for one is to ask for the first time.
    private static readonly HashSet<string> Repeatable = [.. Reading, "validate", "lock", "unlock"];

    private NetconfStep(RpcRequest request)
    {
        Operation = request.ToElement();
        Request = request with { Needs = Needed(Operation) };
    }

    /// <summary>The operation's element.</summary>
    public XElement Operation { get; }

    public string Name => Operation.Name.LocalName;

    public RpcRequest Request { get; }

    /// <summary>Whether it may be sent again when nobody knows what came of it: it reads, or locks for this session only. What we do not know changes something.</summary>
    public bool MayRepeat => Repeatable.Contains(Name);

    /// <summary>Whether nothing behind it can depend on it: whoever was refused a lock must not go on as if he had it.</summary>
    public bool OnlyReads => Reading.Contains(Name);

    /// <exception cref="FormatException">It is none of the forms, or its XML is broken; the message says what would be right.</exception>
    public static NetconfStep Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new NetconfStep(text.TrimStart() is ['<', ..] ? Whole(text) : RpcRequest.From(Short(text.Trim())));
        }
        catch (Exception broken) when (broken is XmlException or ArgumentException)
        {
            // The second is what a writer says of a character that XML does not have.
            throw new FormatException(broken.Message, broken);
        }
    }

    /// <summary>Whether a step may be repeated; a text that is none of a NETCONF step's forms may not.</summary>
    public static bool Reads(string text)
    {
        try
        {
            return Parse(text).MayRepeat;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a step leaves the device as it is, also while the session lasts: to hold a lock keeps others from changing anything. False for what is none of a step's forms.</summary>
    public static bool ChangesNothing(string text)
    {
        try
        {
            return Parse(text) is { OnlyReads: true } or { Name: "validate" };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The datastore that the operation acts on, or null.</summary>
    internal string? Target => Child("target")?.Elements().FirstOrDefault()?.Name.LocalName;

    /// <summary>A commit that undoes itself unless another follows in this session (RFC 6241 §8.4).</summary>
    internal bool IsProvisional => Name == "commit" && Child("confirmed") is not null && Child("persist") is null;

    private XElement? Child(string name) => Operation.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static RpcRequest Whole(string text)
    {
        var request = RpcRequest.FromXml(text);
        return request.Operation is not ("config" or "data")
            ? request
            : throw new FormatException("A configuration is no operation: write edit-config DATASTORE in front of it.");
    }

    private static XElement Short(string text)
    {
        var words = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Length > 1 ? words[1] : "";
        return words.FirstOrDefault() switch
        {
            "get" => Element("get", Filter(rest)),
            "get-config" => Part(rest) is var (store, filter) ? Element("get-config", Store("source", store), Filter(filter)) : throw Usage("get-config DATASTORE [FILTER]"),
            "get-schema" => Single(rest) is { } name ? new XElement(NetconfNames.Monitoring + "get-schema", new XElement(NetconfNames.Monitoring + "identifier", name)) : throw Usage("get-schema NAME"),
            "edit-config" => Part(rest) is (var store, { Length: > 0 } config)
                ? Element("edit-config", Store("target", store), Config(config))
                : throw Usage("edit-config DATASTORE CONFIG"),
            "copy-config" => Part(rest) is var (from, to) && Single(to) is { } target
                ? Element("copy-config", Store("target", target), Store("source", from))
                : throw Usage("copy-config FROM TO"),
            "delete-config" => Element("delete-config", Store("target", Single(rest) ?? throw Usage("delete-config DATASTORE"))),
            "lock" => Element("lock", Store("target", Single(rest) ?? throw Usage("lock DATASTORE"))),
            "unlock" => Element("unlock", Store("target", Single(rest) ?? throw Usage("unlock DATASTORE"))),
            "validate" => Element("validate", Store("source", Single(rest) ?? throw Usage("validate DATASTORE"))),
            "commit" when rest.Length == 0 => Element("commit"),
            "discard-changes" when rest.Length == 0 => Element("discard-changes"),
            "commit" or "discard-changes" => throw Usage($"{words[0]}, and nothing behind it"),
            _ => throw new FormatException(
                "Expected an operation: get, get-config, get-schema, edit-config, copy-config, delete-config, lock, unlock, validate, commit, discard-changes, or any operation as XML."),
        };
    }

    private static FormatException Usage(string right) => new($"Expected {right}.");

    private static (string First, string Behind)? Part(string text)
    {
        var parts = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 || parts[0][0] == '<' ? null : (parts[0], parts.Length > 1 ? parts[1].Trim() : "");
    }

    private static string? Single(string text) => Part(text) is (var word, "") ? word : null;

    private static XElement Element(string name, params object?[] content) => new(NetconfNames.Base + name, content);

    private static XElement Store(string role, string word) => ConfigurationSource.Named(word) switch
    {
        ConfigurationSource.Url url => Element(role, Element("url", url.Address)),
        _ => Element(role, Element(XmlConvert.VerifyNCName(word))),
    };

    private static XElement? Filter(string xml) => xml.Length == 0 ? null : Element("filter", new XAttribute("type", "subtree"), Inside(xml, "filter"));

    private static XElement Config(string xml) => Element("config", Inside(xml, "config"));

    private static IEnumerable<XElement> Inside(string xml, string wrapper)
    {
        var elements = ((ConfigurationSource.Inline)ConfigurationSource.FromXml(xml)).Elements;
        return elements is [var only] && only.Name.LocalName == wrapper ? only.Elements() : elements;
    }

    // What the server must offer; it is asked of its hello before anything is sent (RFC 6241 §8).
    private static string[] Needed(XElement operation)
    {
        var needs = new List<string>();
        foreach (var store in operation.Elements().Where(child => child.Name.LocalName is "source" or "target").SelectMany(role => role.Elements()))
        {
            if (store.Name.LocalName is "candidate" or "startup" or "url")
                needs.Add($":{store.Name.LocalName}");
        }

        if (operation.Name.LocalName is "commit" or "discard-changes")
            needs.Add(":candidate");
        if (operation.Name.LocalName == "validate")
            needs.Add(":validate");
        return [.. needs];
    }
}
