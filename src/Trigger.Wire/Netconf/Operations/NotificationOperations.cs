using System.Xml;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>Subscriptions (RFC 5277, RFC 8639, RFC 8641). What is subscribed to comes through <see cref="NetconfSession.Notifications"/>.</summary>
public static class NotificationOperations
{
    /// <summary>Subscribes to a stream; one for each session. Without <c>:interleave</c> the session can do nothing else until it ends.</summary>
    /// <param name="stream">Null for the server's NETCONF stream.</param>
    /// <param name="start">Replays what was kept since then, if the stream has a replay log.</param>
    /// <param name="stop">Ends the subscription then; needs <paramref name="start"/>.</param>
    public static Task<RpcReply> CreateSubscriptionAsync(
        this NetconfSession session, string? stream = null, NetconfFilter? filter = null, DateTimeOffset? start = null, DateTimeOffset? stop = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (stop is not null && start is null)
            throw new ArgumentException("A stop time without a start time is an error (RFC 5277 §2.1.1).", nameof(stop));

        var ns = NetconfNames.Notification.NamespaceName;
        var request = RpcRequest.Of(
            "create-subscription",
            writer =>
            {
                if (stream is not null)
                    writer.WriteElementString("stream", ns, stream);

                filter?.WriteTo(writer, ns);
                WriteTime(writer, "startTime", ns, start);
                WriteTime(writer, "stopTime", ns, stop);
            },
            NetconfNames.Notification);
        return session.CallAsync(request with { Needs = [":notification", .. BaseOperations.NeedsOf(filter)] }, cancel);
    }

    /// <summary>The streams that can be subscribed to, as the server describes them (RFC 5277 §3.2.5.1).</summary>
    public static async Task<IReadOnlyList<NetconfStream>> GetStreamsAsync(this NetconfSession session, CancellationToken cancel = default)
    {
        var ns = NetconfNames.Streams;
        var filter = NetconfFilter.Of(new System.Xml.Linq.XElement(ns + "netconf", new System.Xml.Linq.XElement(ns + "streams")));
        var reply = await session.GetAsync(filter, cancel: cancel).ConfigureAwait(false);
        return [.. (reply.Data?.Descendants(ns + "stream") ?? []).Select(NetconfStream.Read)];
    }

    /// <summary>A dynamic subscription (RFC 8639 §2.4); returns its id.</summary>
    public static async Task<string> EstablishSubscriptionAsync(this NetconfSession session, SubscriptionRequest wanted, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(wanted);
        var request = RpcRequest.Of("establish-subscription", wanted.WriteTo, NetconfNames.Subscribed) with { Needs = wanted.Needs };
        var reply = await session.CallAsync(request, cancel).ConfigureAwait(false);
        return reply.Root.Elements().FirstOrDefault(child => child.Name.LocalName is "id" or "subscription-id")?.Value.Trim()
            ?? throw new NetconfException(new NetconfFault.BadMessage("The reply to establish-subscription has no id."));
    }

    /// <summary>Changes a dynamic subscription of this session.</summary>
    public static Task<RpcReply> ModifySubscriptionAsync(this NetconfSession session, string id, SubscriptionRequest wanted, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(wanted);
        var request = RpcRequest.Of(
            "modify-subscription",
            writer =>
            {
                writer.WriteElementString("id", NetconfNames.Subscribed.NamespaceName, id);
                wanted.WriteTo(writer);
            },
            NetconfNames.Subscribed);
        return session.CallAsync(request with { Needs = wanted.Needs }, cancel);
    }

    /// <summary>Ends a dynamic subscription of this session.</summary>
    public static Task<RpcReply> DeleteSubscriptionAsync(this NetconfSession session, string id, CancellationToken cancel = default) => ById(session, "delete-subscription", id, cancel);

    /// <summary>Ends a dynamic subscription of whatever session.</summary>
    public static Task<RpcReply> KillSubscriptionAsync(this NetconfSession session, string id, CancellationToken cancel = default) => ById(session, "kill-subscription", id, cancel);

    /// <summary>Lets the server send everything of an on-change subscription anew (RFC 8641 §4.3).</summary>
    public static Task<RpcReply> ResyncSubscriptionAsync(this NetconfSession session, string id, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var ns = NetconfNames.Push;
        return session.CallAsync(RpcRequest.Of("resync-subscription", writer => writer.WriteElementString("id", ns.NamespaceName, id), ns), cancel);
    }

    internal static void WriteTime(XmlWriter writer, string name, string ns, DateTimeOffset? time)
    {
        if (time is { } moment)
            writer.WriteElementString(name, ns, XmlConvert.ToString(moment));
    }

    private static Task<RpcReply> ById(NetconfSession session, string operation, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.CallAsync(RpcRequest.Of(operation, writer => writer.WriteElementString("id", NetconfNames.Subscribed.NamespaceName, id), NetconfNames.Subscribed), cancel);
    }
}
