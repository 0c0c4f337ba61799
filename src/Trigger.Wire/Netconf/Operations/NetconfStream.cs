using System.Xml.Linq;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>An event stream that a server offers (RFC 5277 §3.2.5.1).</summary>
/// <param name="ReplayLogCreated">Since when events are kept for replay, as the server wrote it; null without replay.</param>
public sealed record NetconfStream(string Name, string? Description, bool CanReplay, string? ReplayLogCreated)
{
    internal static NetconfStream Read(XElement element)
    {
        string? Text(string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();

        return new NetconfStream(Text("name") ?? "", Text("description"), Text("replaySupport") == "true", Text("replayLogCreationTime"));
    }
}
