using System.Xml.Linq;

namespace Trigger.Wire.Netconf;

/// <summary>Namespaces of the RFCs, for those who write filters and configurations.</summary>
public static class NetconfNames
{
    /// <summary>RFC 6241.</summary>
    public static readonly XNamespace Base = "urn:ietf:params:xml:ns:netconf:base:1.0";

    /// <summary>RFC 5277: <c>notification</c>, <c>create-subscription</c>.</summary>
    public static readonly XNamespace Notification = "urn:ietf:params:xml:ns:netconf:notification:1.0";

    /// <summary>RFC 5277 §3.4: <c>streams</c>, <c>replayComplete</c>, <c>notificationComplete</c>.</summary>
    public static readonly XNamespace Streams = "urn:ietf:params:xml:ns:netmod:notification";

    /// <summary>RFC 6022.</summary>
    public static readonly XNamespace Monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

    /// <summary>RFC 6243.</summary>
    public static readonly XNamespace WithDefaults = "urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults";

    /// <summary>RFC 5717.</summary>
    public static readonly XNamespace PartialLock = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";

    /// <summary>RFC 8526.</summary>
    public static readonly XNamespace Nmda = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";

    /// <summary>RFC 8342: identities of the datastores.</summary>
    public static readonly XNamespace Datastores = "urn:ietf:params:xml:ns:yang:ietf-datastores";

    /// <summary>RFC 8639.</summary>
    public static readonly XNamespace Subscribed = "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";

    /// <summary>RFC 8641.</summary>
    public static readonly XNamespace Push = "urn:ietf:params:xml:ns:yang:ietf-yang-push";
}
