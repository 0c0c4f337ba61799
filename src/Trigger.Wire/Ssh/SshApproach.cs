using System.Net;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>The addresses of a host, tried one after the other until one of them takes a connection. Each has its share of the time that is left for all.</summary>
internal sealed class SshApproach(SshDial dial)
{
    private IPEndPoint[] addresses = [];
    private int at;

    /// <summary>Where the connection goes, or went.</summary>
    internal IPEndPoint Address => addresses[at];

    internal bool HasMore => at + 1 < addresses.Length;

    internal void To(IPEndPoint[] found)
    {
        // From an IPv4 address no IPv6 one can be reached; but with none of the right family left, the system's own refusal tells why.
        var suitable = dial.BindAddress is { } from ? found.Where(to => to.AddressFamily == from.AddressFamily).ToArray() : found;
        addresses = suitable.Length > 0 ? suitable : found;
    }

    /// <summary>Starts a connect to the current address, or to the next one that takes it. Returns the descriptor; or -1 and why none is left.</summary>
    /// <param name="last">What became of the address before; null at the beginning.</param>
    internal int Connect(WireFault? last, out WireFault? fault)
    {
        for (; at < addresses.Length; at++)
        {
            var fd = TcpSocket.StartConnect(addresses[at], dial.BindAddress);
            if (fd >= 0)
            {
                fault = null;
                return fd;
            }

            last = FaultOf(-fd);
        }

        fault = last ?? new WireFault.NameNotFound(dial.Host, "the name has no address");
        return -1;
    }

    /// <summary>The current address has had its turn.</summary>
    internal void GiveUpThisOne() => at++;

    internal WireFault FaultOf(int error) => TcpFaults.Of(error, Address.ToString(), dial.Limits.Connect);

    /// <summary>The share of the current address in what is left.</summary>
    internal TimeSpan Share(TimeSpan left) => left / (addresses.Length - at);
}
