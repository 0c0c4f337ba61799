using System.Net;
using System.Net.Sockets;

namespace Trigger.Scenarios.Rig;

/// <summary>Ports of the loopback for servers that a test starts.</summary>
internal static class Ports
{
    // Below 32768: above, the system may have lent one to somebody in the moment the server wants it. Above those of the lab and the samples.
    private const int First = 24_200;
    private const int Behind = 29_000;

    /// <summary>One on which nobody listens.</summary>
    public static int Free()
    {
        while (true)
        {
            var candidate = Random.Shared.Next(First, Behind);
            using var probe = new TcpListener(IPAddress.Loopback, candidate);
            try
            {
                probe.Start();
                return candidate;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }
    }
}
