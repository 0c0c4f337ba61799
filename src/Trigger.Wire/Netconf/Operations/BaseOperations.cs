using System.Xml;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>The operations of RFC 6241 §7. Each needs only what it names; a missing capability is a fault before anything is sent.</summary>
public static class BaseOperations
{
    private static string Ns => NetconfNames.Base.NamespaceName;

    /// <summary>Configuration and state of the running datastore.</summary>
    public static Task<RpcReply> GetAsync(
        this NetconfSession session, NetconfFilter? filter = null, WithDefaults? withDefaults = null, CancellationToken cancel = default) =>
        session.CallAsync(session.Get(filter, withDefaults), cancel);

    /// <summary>The request of <see cref="GetAsync"/>, for streaming.</summary>
    public static RpcRequest Get(this NetconfSession session, NetconfFilter? filter = null, WithDefaults? withDefaults = null) =>
        RpcRequest.Of("get", writer => Part(writer, filter, withDefaults)) with { Needs = [.. NeedsOf(filter), .. session.NeedsOf("get", withDefaults)] };

    /// <summary>One datastore's configuration.</summary>
    public static Task<RpcReply> GetConfigAsync(
        this NetconfSession session, ConfigurationSource source, NetconfFilter? filter = null, WithDefaults? withDefaults = null, CancellationToken cancel = default) =>
        session.CallAsync(session.GetConfig(source, filter, withDefaults), cancel);

    /// <summary>The request of <see cref="GetConfigAsync"/>, for streaming.</summary>
    public static RpcRequest GetConfig(this NetconfSession session, ConfigurationSource source, NetconfFilter? filter = null, WithDefaults? withDefaults = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var request = RpcRequest.Of("get-config", writer =>
        {
            source.WriteTo(writer, "source");
            Part(writer, filter, withDefaults);
        });
        return request with { Needs = [.. session.NeedsOf("get-config", source), .. NeedsOf(filter), .. session.NeedsOf("get-config", withDefaults)] };
    }

    /// <summary>Changes a datastore by a configuration of ours or by one that the server reads from a URL.</summary>
    public static Task<RpcReply> EditConfigAsync(
        this NetconfSession session, ConfigurationSource target, ConfigurationSource config, EditOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(config);
        if (config is ConfigurationSource.Datastore)
            throw new ArgumentException("edit-config takes a configuration or a URL; copy-config copies datastores.", nameof(config));

        options ??= new EditOptions();
        var request = RpcRequest.Of("edit-config", writer =>
        {
            target.WriteTo(writer, "target");
            options.WriteTo(writer);
            config.WriteTo(writer, role: null);
        });
        return session.CallAsync(request with { Needs = [.. session.NeedsOf("edit-config", target), .. session.NeedsOf("edit-config", config), .. options.Needs] }, cancel);
    }

    /// <summary>Replaces the whole of <paramref name="target"/> by <paramref name="source"/>.</summary>
    public static Task<RpcReply> CopyConfigAsync(
        this NetconfSession session, ConfigurationSource source, ConfigurationSource target, WithDefaults? withDefaults = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var request = RpcRequest.Of("copy-config", writer =>
        {
            target.WriteTo(writer, "target");
            source.WriteTo(writer, "source");
            WriteDefaults(writer, withDefaults);
        });
        return session.CallAsync(
            request with { Needs = [.. session.NeedsOf("copy-config", source), .. session.NeedsOf("copy-config", target), .. session.NeedsOf("copy-config", withDefaults)] }, cancel);
    }

    /// <summary>Deletes a datastore or the file at a URL; running cannot be deleted.</summary>
    public static Task<RpcReply> DeleteConfigAsync(this NetconfSession session, ConfigurationSource target, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return session.CallAsync(RpcRequest.Of("delete-config", writer => target.WriteTo(writer, "target")) with { Needs = session.NeedsOf("delete-config", target) }, cancel);
    }

    /// <summary>Ends another session. A session cannot end itself so.</summary>
    public static Task<RpcReply> KillSessionAsync(this NetconfSession session, uint sessionId, CancellationToken cancel = default) =>
        session.CallAsync(RpcRequest.Of("kill-session", writer => writer.WriteElementString("session-id", Ns, XmlConvert.ToString(sessionId))), cancel);

    /// <summary>Any operation as XML, the vendor's own too.</summary>
    public static Task<RpcReply> RpcAsync(this NetconfSession session, string xml, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.CallAsync(RpcRequest.FromXml(xml), cancel);
    }

    internal static IReadOnlyList<string> NeedsOf(NetconfFilter? filter) => filter is NetconfFilter.XPath ? [":xpath"] : [];

    /// <summary>What a source or target needs. A URL's scheme must be one that the server lists (RFC 6241 §8.8).</summary>
    internal static IReadOnlyList<string> NeedsOf(this NetconfSession session, string operation, ConfigurationSource source)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (source is ConfigurationSource.Url url && session.ServerCapabilities.TryGet(":url", out var capability))
        {
            var scheme = url.Address.Split(':')[0];
            if (capability.Parameters.TryGetValue("scheme", out var schemes) && !schemes.Split(',').Contains(scheme, StringComparer.OrdinalIgnoreCase))
                throw new NetconfException(new NetconfFault.MissingCapability(operation, $":url with the scheme '{scheme}' (the server has {schemes})"));
        }

        return source.Needs is { } need ? [need] : [];
    }

    internal static IReadOnlyList<string> NeedsOf(this NetconfSession session, string operation, WithDefaults? mode)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (mode is not { } wanted)
            return [];

        if (session.ServerCapabilities.TryGet(":with-defaults", out var capability))
        {
            var offered = $"{capability.Parameters.GetValueOrDefault("basic-mode")},{capability.Parameters.GetValueOrDefault("also-supported")}".Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (!offered.Contains(wanted.Word()))
                throw new NetconfException(new NetconfFault.MissingCapability(operation, $":with-defaults with {wanted.Word()} (the server has {string.Join(", ", offered)})"));
        }

        return [":with-defaults"];
    }

    internal static void WriteDefaults(XmlWriter writer, WithDefaults? mode)
    {
        if (mode is { } wanted)
            writer.WriteElementString("with-defaults", NetconfNames.WithDefaults.NamespaceName, wanted.Word());
    }

    private static void Part(XmlWriter writer, NetconfFilter? filter, WithDefaults? withDefaults)
    {
        filter?.WriteTo(writer, Ns);
        WriteDefaults(writer, withDefaults);
    }
}
