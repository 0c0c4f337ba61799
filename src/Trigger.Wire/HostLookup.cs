using System.Net;
using System.Net.Sockets;

namespace Trigger.Wire;

/// <summary>From a name or a literal to addresses, in the resolver's order (RFC 6724).</summary>
internal static class HostLookup
{
    /// <summary>Reads an address without asking anybody; null for a name.</summary>
    internal static IPAddress? Literal(string host) => IPAddress.TryParse(host, out var address) ? address : null;

    internal static async Task<Answer> Ask(string host, TimeSpan patience, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, deadline.Token).ConfigureAwait(false);
            return addresses.Length > 0
                ? new Answer(addresses, null)
                : new Answer([], new WireFault.NameNotFound(host, "the name has no address"));
        }
        catch (OperationCanceledException)
        {
            return new Answer([], new WireFault.Overdue("connecting", patience, ""));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return new Answer([], new WireFault.NameNotFound(host, e.Message));
        }
    }

    /// <summary>Addresses, or the fault that left none.</summary>
    internal sealed record Answer(IReadOnlyList<IPAddress> Addresses, WireFault? Fault);
}
