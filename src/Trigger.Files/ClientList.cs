using System.Net;

namespace Trigger.Files;

/// <summary>Who may come.</summary>
/// <param name="networks">None for everybody.</param>
public sealed class ClientList(IReadOnlyList<IPNetwork> networks)
{
    public bool IsEmpty => networks.Count == 0;

    public bool Allows(IPAddress client)
    {
        var plain = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return networks.Count == 0 || networks.Any(network => network.Contains(plain));
    }

    /// <summary>Reads networks and single addresses.</summary>
    /// <param name="mistakes">Takes what is none.</param>
    public static ClientList Read(IEnumerable<string> texts, List<string> mistakes)
    {
        var found = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (IPNetwork.TryParse(text, out var network))
                found.Add(network);
            else if (IPAddress.TryParse(text, out var address))
                found.Add(new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128));
            else
                mistakes.Add($"'{text}' is no network: write 10.1.0.0/16, without bits behind the prefix, or an address.");
        }

        return new ClientList(found);
    }
}
