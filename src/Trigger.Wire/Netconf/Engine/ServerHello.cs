using System.Globalization;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>The server's hello, judged as RFC 6241 §8.1 wants.</summary>
internal sealed record ServerHello(uint SessionId, CapabilitySet Capabilities, bool Chunked)
{
    private const string Base10 = ":base:1.0";
    private const string Base11 = ":base:1.1";

    internal static ServerHello Read(MessageHead head, XElement? tree, IReadOnlyList<string> ours)
    {
        if (tree is null || head.Name != "hello")
            throw Bad($"it begins with <{FarText.Show(head.Name)}>");

        var uris = tree.Elements().Where(child => child.Name.LocalName == "capabilities")
            .SelectMany(list => list.Elements()).Where(child => child.Name.LocalName == "capability")
            .Select(child => child.Value.Trim());
        var theirs = new CapabilitySet(uris);
        var text = tree.Elements().FirstOrDefault(child => child.Name.LocalName == "session-id")?.Value.Trim();
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            throw Bad(text is null ? "it has no session-id" : $"its session-id is '{FarText.Show(text)}'");

        var mine = new CapabilitySet(ours);
        var chunked = theirs.Has(Base11) && mine.Has(Base11);
        if (!chunked && !(theirs.Has(Base10) && mine.Has(Base10)))
            throw Bad($"it offers {Bases(theirs)}, and we allow {Bases(mine)}");

        return new ServerHello(id, theirs, chunked);
    }

    private static string Bases(CapabilitySet capabilities)
    {
        var bases = string.Join(" and ", capabilities.Where(capability => capability.Shorthand?.StartsWith(":base:", StringComparison.Ordinal) == true).Select(capability => capability.Shorthand));
        return bases.Length == 0 ? "no version of NETCONF" : bases;
    }

    private static NetconfException Bad(string reason) => new(new NetconfFault.BadHello(reason));
}
