using System.Xml.Linq;
using Trigger.Wire.Netconf;

namespace Trigger.Lab.Netconf;

/// <summary>An rpc-error on its way out (RFC 6241 appendix A).</summary>
internal sealed class LabRpcError(string tag, string message, string type = "application", string? path = null, string? appTag = null, params XElement[] info) : Exception(message)
{
    internal string Tag => tag;

    internal XElement ToXml()
    {
        var ns = NetconfNames.Base;
        var error = new XElement(
            ns + "rpc-error",
            new XElement(ns + "error-type", type),
            new XElement(ns + "error-tag", tag),
            new XElement(ns + "error-severity", "error"));
        if (appTag is not null)
            error.Add(new XElement(ns + "error-app-tag", appTag));

        if (path is not null)
            error.Add(new XElement(ns + "error-path", path));

        error.Add(new XElement(ns + "error-message", new XAttribute(XNamespace.Xml + "lang", "en"), Message));
        if (info.Length > 0)
            error.Add(new XElement(ns + "error-info", info));

        return error;
    }

    internal static LabRpcError Missing(string element) =>
        new("missing-element", $"The element {element} is missing.", "protocol", info: new XElement(NetconfNames.Base + "bad-element", element));

    internal static LabRpcError Bad(string element, string message) =>
        new("bad-element", message, "protocol", info: new XElement(NetconfNames.Base + "bad-element", element));
}
