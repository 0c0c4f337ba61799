using System.Xml;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>What a dynamic subscription is to tell: the events of a stream (RFC 8639), or the data of a datastore, in periods or on change (RFC 8641).</summary>
public sealed record SubscriptionRequest
{
    /// <summary>A stream of events; null when a datastore is meant.</summary>
    public string? Stream { get; init; }

    /// <summary>A datastore by its RFC 8342 name: running, operational, …; null when a stream is meant.</summary>
    public string? Datastore { get; init; }

    public NetconfFilter? Filter { get; init; }

    /// <summary>Of a datastore: everything again after each period, counted in hundredths of a second.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Of a datastore: what changes, at most once in this time; zero at once.</summary>
    public TimeSpan? OnChangeDampening { get; init; }

    /// <summary>Of a stream: replays what was kept since then.</summary>
    public DateTimeOffset? ReplayStart { get; init; }

    public DateTimeOffset? Stop { get; init; }

    internal IReadOnlyList<string> Needs => Datastore is null
        ? [$"{NetconfNames.Subscribed}|urn:ietf:params:netconf:capability:notification:2.0|urn:ietf:params:netconf:capability:yang-library:1.1"]
        : [$"{NetconfNames.Push}|urn:ietf:params:netconf:capability:yang-library:1.1"];

    internal void WriteTo(XmlWriter writer)
    {
        var (sn, yp) = (NetconfNames.Subscribed.NamespaceName, NetconfNames.Push.NamespaceName);
        if (Datastore is { } datastore)
        {
            writer.WriteStartElement("datastore", yp);
            writer.WriteAttributeString("xmlns", "ds", null, NetconfNames.Datastores.NamespaceName);
            writer.WriteString("ds:" + datastore);
            writer.WriteEndElement();
        }
        else
        {
            writer.WriteElementString("stream", sn, Stream ?? "NETCONF");
        }

        WriteFilter(writer, Datastore is null ? ("stream", sn) : ("datastore", yp));
        NotificationOperations.WriteTime(writer, "replay-start-time", sn, ReplayStart);
        NotificationOperations.WriteTime(writer, "stop-time", sn, Stop);
        WriteCadence(writer, "periodic", "period", Period, yp);
        WriteCadence(writer, "on-change", "dampening-period", OnChangeDampening, yp);
    }

    private void WriteFilter(XmlWriter writer, (string Word, string Namespace) kind)
    {
        switch (Filter)
        {
            case NetconfFilter.Subtree subtree:
                writer.WriteStartElement($"{kind.Word}-subtree-filter", kind.Namespace);
                foreach (var element in subtree.Elements)
                    element.WriteTo(writer);
                writer.WriteEndElement();
                break;
            case NetconfFilter.XPath xpath:
                writer.WriteStartElement($"{kind.Word}-xpath-filter", kind.Namespace);
                foreach (var (prefix, name) in xpath.Namespaces)
                    writer.WriteAttributeString("xmlns", prefix, null, name);
                writer.WriteString(xpath.Expression);
                writer.WriteEndElement();
                break;
        }
    }

    private static void WriteCadence(XmlWriter writer, string kind, string name, TimeSpan? time, string ns)
    {
        if (time is not { } span)
            return;

        writer.WriteStartElement(kind, ns);
        writer.WriteElementString(name, ns, XmlConvert.ToString((long)(span.TotalMilliseconds / 10)));
        writer.WriteEndElement();
    }
}
