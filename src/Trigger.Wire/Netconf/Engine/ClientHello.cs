using System.Security;
using System.Text;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>Our hello (RFC 6241 §8.1), which has no session-id.</summary>
internal static class ClientHello
{
    internal static byte[] Write(IReadOnlyList<string> capabilities)
    {
        var text = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?><hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>""");
        foreach (var capability in capabilities)
            text.Append("<capability>").Append(SecurityElement.Escape(capability)).Append("</capability>");

        text.Append("</capabilities></hello>");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
