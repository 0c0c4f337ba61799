using System.Globalization;
using System.Xml.Linq;

namespace Trigger.Wire.Netconf.Model;

/// <summary>One <c>notification</c> (RFC 5277 §4).</summary>
public sealed class NetconfNotification
{
    internal NetconfNotification(XElement root)
    {
        Root = root;
        var time = root.Elements().FirstOrDefault(child => child.Name.LocalName == "eventTime")?.Value;
        EventTime = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : null;
        Event = root.Elements().FirstOrDefault(child => child.Name.LocalName != "eventTime");
    }

    /// <summary>When it happened, by the server's clock; null when that cannot be read.</summary>
    public DateTimeOffset? EventTime { get; }

    /// <summary>The event itself; null for a notification without content.</summary>
    public XElement? Event { get; }

    /// <summary>The whole <c>notification</c> element.</summary>
    public XElement Root { get; }

    /// <summary>The events that were kept have all been sent; new ones follow.</summary>
    public bool IsReplayComplete => Event?.Name.LocalName == "replayComplete";

    /// <summary>The subscription is over: its stop time has come.</summary>
    public bool IsSubscriptionComplete => Event?.Name.LocalName is "notificationComplete" or "subscription-terminated" or "subscription-completed";

    public override string ToString() => $"{EventTime:O} {Event?.Name.LocalName}";
}
