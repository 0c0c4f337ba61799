using System.Xml.Linq;

namespace Trigger.Wire.Junoscript;

/// <summary>One <c>rpc-reply</c>, with what is wrong in it at whatever depth.</summary>
public sealed class JunoscriptReply
{
    /// <summary>The namespace of <c>xnm:error</c> and <c>xnm:warning</c>.</summary>
    public static readonly XNamespace Xnm = "http://xml.juniper.net/xnm/1.1/xnm";

    internal JunoscriptReply(XElement root)
    {
        Root = root;
        Errors = [.. root.Descendants(Xnm + "error").Select(JunoscriptProblem.Read)];
        Warnings = [.. root.Descendants(Xnm + "warning").Select(JunoscriptProblem.Read)];
    }

    public XElement Root { get; }

    public IReadOnlyList<JunoscriptProblem> Errors { get; }

    public IReadOnlyList<JunoscriptProblem> Warnings { get; }

    /// <summary>The results by their tags, in order. Those without a namespace of their own are in the session's, which is that of the errors.</summary>
    public IEnumerable<XElement> Results => Root.Elements().Where(child => child.Name != Xnm + "error" && child.Name != Xnm + "warning");
}

/// <summary>An <c>xnm:error</c> or <c>xnm:warning</c>; it may say nothing at all and is one all the same.</summary>
/// <param name="Details">Its children, name and text, in order.</param>
public sealed record JunoscriptProblem(IReadOnlyList<(string Name, string Text)> Details)
{
    public string? Message => Details.FirstOrDefault(detail => detail.Name == "message").Text;

    public string? Path => Details.FirstOrDefault(detail => detail.Name is "edit-path" or "path").Text;

    public override string ToString() => Message ?? string.Join(", ", Details.Select(detail => $"{detail.Name} {detail.Text}"));

    internal static JunoscriptProblem Read(XElement element) => new([.. element.Elements().Select(child => (child.Name.LocalName, child.Value.Trim()))]);
}

/// <summary>The device refused an operation.</summary>
public sealed class JunoscriptException(string operation, JunoscriptReply reply) : Exception(
    string.Join('\n', ["JunOS XML command failure:", .. reply.Errors.SelectMany(error => error.Details).Select(detail => $"  {detail.Name}: {detail.Text}")]))
{
    public string Operation { get; } = operation;

    public JunoscriptReply Reply { get; } = reply;
}
