
namespace Trigger.Wire.Netconf.Operations;

/// <summary>What a server tells of itself (RFC 6022).</summary>
public static class MonitoringOperations
{
    /// <summary>A schema's text.</summary>
    /// <param name="identifier">The module's name.</param>
    /// <param name="version">Its revision; null when the server has only one.</param>
    /// <param name="format">yang, yin, xsd, rng or rnc; null for yang.</param>
    public static async Task<string> GetSchemaAsync(this NetconfSession session, string identifier, string? version = null, string? format = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(identifier);
        var ns = NetconfNames.Monitoring.NamespaceName;
        var request = RpcRequest.Of(
            "get-schema",
            writer =>
            {
                writer.WriteElementString("identifier", ns, identifier);
                if (version is not null)
                    writer.WriteElementString("version", ns, version);

                if (format is not null)
                    writer.WriteElementString("format", ns, format);
            },
            NetconfNames.Monitoring);
        var reply = await session.CallAsync(request with { Needs = [NetconfNames.Monitoring.NamespaceName] }, cancel).ConfigureAwait(false);
        return reply.Data?.Value ?? throw new NetconfException(new NetconfFault.BadMessage("The reply to get-schema has no data."));
    }
}
