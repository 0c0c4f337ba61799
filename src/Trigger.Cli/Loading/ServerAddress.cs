using System.Net.Sockets;

namespace Trigger.Cli.Loading;

/// <summary>By which address a device finds the file server.</summary>
internal static class ServerAddress
{
    private const int Discard = 9;

    /// <summary>The address of this machine that faces the host; null when there is no way to it. Nothing is sent to find out.</summary>
    public static string? Facing(string host)
    {
        try
        {
            using var probe = new UdpClient(host, Discard);
            return ((System.Net.IPEndPoint)probe.Client.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
