namespace Trigger.Wire.Netconf.Model;

/// <summary>One capability of a hello (RFC 6241 §8): its URI, and the parameters after the question mark.</summary>
public sealed class Capability
{
    private const string Standard = "urn:ietf:params:netconf:capability:";
    private const string StandardBase = "urn:ietf:params:netconf:base:";

    public Capability(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        Uri = uri;
        var question = uri.IndexOf('?', StringComparison.Ordinal);
        Name = question < 0 ? uri : uri[..question];
        Parameters = question < 0 ? new Dictionary<string, string>() : Parse(uri.AsSpan(question + 1));
        Shorthand = Name.StartsWith(Standard, StringComparison.Ordinal) ? ":" + Name[Standard.Length..]
            : Name.StartsWith(StandardBase, StringComparison.Ordinal) ? ":base:" + Name[StandardBase.Length..]
            : null;
    }

    /// <summary>As the server wrote it.</summary>
    public string Uri { get; }

    /// <summary>The URI without its parameters; for a YANG module, its namespace.</summary>
    public string Name { get; }

    /// <summary>For example <c>scheme</c> of :url, <c>module</c> and <c>revision</c> of a YANG module. The last of a name counts.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The RFCs' short form with its version, <c>:candidate:1.0</c>; null for all that is no standard capability.</summary>
    public string? Shorthand { get; }

    /// <summary>Whether this is meant by a URI or by a shorthand with or without a version.</summary>
    public bool IsMeantBy(string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (!wanted.StartsWith(':'))
            return Name == wanted || Uri == wanted;

        return Shorthand is { } mine && (mine == wanted || (mine.Length > wanted.Length && mine[wanted.Length] == ':' && mine.StartsWith(wanted, StringComparison.Ordinal)));
    }

    public override string ToString() => Uri;

    private static Dictionary<string, string> Parse(ReadOnlySpan<char> query)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf('=');
            if (equals > 0)
                parameters[pair[..equals].ToString()] = System.Uri.UnescapeDataString(pair[(equals + 1)..].ToString());
        }

        return parameters;
    }
}
