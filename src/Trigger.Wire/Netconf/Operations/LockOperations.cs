using System.Globalization;
using System.Xml;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>Locks (RFC 6241 §7.5, RFC 5717).</summary>
public static class LockOperations
{
    /// <summary>Locks a datastore; dispose of what is returned to unlock it: <c>await using var _ = await session.LockAsync(ConfigurationSource.Candidate);</c></summary>
    /// <exception cref="RpcErrorException">Somebody else holds it: <see cref="RpcError.HeldBySession"/> says who.</exception>
    public static async Task<NetconfLock> LockAsync(this NetconfSession session, ConfigurationSource target, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        await session.CallAsync(
            RpcRequest.Of("lock", writer => target.WriteTo(writer, "target")) with { Needs = session.NeedsOf("lock", target), Raise = RaiseMode.Errors }, cancel).ConfigureAwait(false);
        return new NetconfLock(session, target.ToString()!, () => session.UnlockAsync(target));
    }

    /// <summary>Unlocks a datastore.</summary>
    public static Task<RpcReply> UnlockAsync(this NetconfSession session, ConfigurationSource target, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        return session.CallAsync(RpcRequest.Of("unlock", writer => target.WriteTo(writer, "target")) with { Needs = session.NeedsOf("unlock", target) }, cancel);
    }

    /// <summary>Locks parts of running, chosen by XPath expressions.</summary>
    public static async Task<NetconfLock> PartialLockAsync(
        this NetconfSession session, IReadOnlyList<string> select, IReadOnlyDictionary<string, string>? namespaces = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(select);
        var ns = NetconfNames.PartialLock;
        var request = RpcRequest.Of(
            "partial-lock",
            writer =>
            {
                foreach (var (prefix, name) in namespaces ?? new Dictionary<string, string>())
                    writer.WriteAttributeString("xmlns", prefix, null, name);

                foreach (var expression in select)
                    writer.WriteElementString("select", ns.NamespaceName, expression);
            },
            ns) with { Needs = [":partial-lock"], Raise = RaiseMode.Errors };
        var reply = await session.CallAsync(request, cancel).ConfigureAwait(false);
        var id = reply.Root.Elements().FirstOrDefault(child => child.Name.LocalName == "lock-id")?.Value.Trim();
        if (!uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new NetconfException(new NetconfFault.BadMessage("The reply to partial-lock has no lock-id."));

        return new NetconfLock(session, $"partial lock {number}", () => session.CallAsync(
            RpcRequest.Of("partial-unlock", writer => writer.WriteElementString("lock-id", ns.NamespaceName, XmlConvert.ToString(number)), ns)));
    }
}
