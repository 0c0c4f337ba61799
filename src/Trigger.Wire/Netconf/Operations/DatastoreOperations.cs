using System.Xml;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Operations;

/// <summary>The operations of RFC 8526, for servers with more datastores than three.</summary>
public static class DatastoreOperations
{
    private static string Ns => NetconfNames.Nmda.NamespaceName;

    /// <summary>Data of a datastore: running, intended, operational, or an identity of the device's own.</summary>
    /// <param name="configOnly">True for configuration only, false for state only; null for both.</param>
    /// <param name="maxDepth">How many levels below the chosen ones; null for all.</param>
    public static Task<RpcReply> GetDataAsync(
        this NetconfSession session,
        string datastore,
        NetconfFilter? filter = null,
        bool? configOnly = null,
        int? maxDepth = null,
        bool withOrigin = false,
        WithDefaults? withDefaults = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = RpcRequest.Of(
            "get-data",
            writer =>
            {
                WriteDatastore(writer, datastore);
                WriteFilter(writer, filter);
                if (configOnly is { } only)
                    writer.WriteElementString("config-filter", Ns, only ? "true" : "false");

                if (maxDepth is { } depth)
                    writer.WriteElementString("max-depth", Ns, XmlConvert.ToString(depth));

                if (withOrigin)
                    writer.WriteElementString("with-origin", Ns, null);

                if (withDefaults is { } mode)
                    writer.WriteElementString("with-defaults", Ns, mode.Word());
            },
            NetconfNames.Nmda);
        return session.CallAsync(request with { Needs = [Library, .. BaseOperations.NeedsOf(filter), .. session.NeedsOf("get-data", withDefaults)] }, cancel);
    }

    /// <summary>Changes a datastore.</summary>
    public static Task<RpcReply> EditDataAsync(
        this NetconfSession session, string datastore, ConfigurationSource config, DefaultOperation? defaultOperation = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(config);
        var request = RpcRequest.Of(
            "edit-data",
            writer =>
            {
                WriteDatastore(writer, datastore);
                if (defaultOperation is { } operation)
                    writer.WriteElementString("default-operation", Ns, operation switch { DefaultOperation.Merge => "merge", DefaultOperation.Replace => "replace", _ => "none" });

                WriteConfig(writer, config);
            },
            NetconfNames.Nmda);
        return session.CallAsync(request with { Needs = [Library, .. session.NeedsOf("edit-data", config)] }, cancel);
    }

    // RFC 8526 §2: a server with the NMDA says so by :yang-library:1.1; some list the module instead.
    private static string Library => $":yang-library:1.1|{NetconfNames.Nmda.NamespaceName}";

    private static void WriteDatastore(XmlWriter writer, string datastore)
    {
        writer.WriteStartElement("datastore", Ns);
        if (!datastore.Contains(':', StringComparison.Ordinal))
        {
            writer.WriteAttributeString("xmlns", "ds", null, NetconfNames.Datastores.NamespaceName);
            datastore = "ds:" + datastore;
        }

        writer.WriteString(datastore);
        writer.WriteEndElement();
    }

    private static void WriteFilter(XmlWriter writer, NetconfFilter? filter)
    {
        switch (filter)
        {
            case NetconfFilter.Subtree subtree:
                writer.WriteStartElement("subtree-filter", Ns);
                foreach (var element in subtree.Elements)
                    element.WriteTo(writer);
                writer.WriteEndElement();
                break;
            case NetconfFilter.XPath xpath:
                writer.WriteStartElement("xpath-filter", Ns);
                foreach (var (prefix, name) in xpath.Namespaces)
                    writer.WriteAttributeString("xmlns", prefix, null, name);
                writer.WriteString(xpath.Expression);
                writer.WriteEndElement();
                break;
        }
    }

    private static void WriteConfig(XmlWriter writer, ConfigurationSource config)
    {
        switch (config)
        {
            case ConfigurationSource.Url url:
                writer.WriteElementString("url", Ns, url.Address);
                break;
            case ConfigurationSource.Inline inline:
                writer.WriteStartElement("config", Ns);
                foreach (var element in inline.Elements)
                    element.WriteTo(writer);
                writer.WriteEndElement();
                break;
            default:
                throw new ArgumentException("edit-data takes a configuration or a URL.", nameof(config));
        }
    }
}
