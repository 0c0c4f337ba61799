using Trigger.Jobs.Interfaces;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Interfaces as rows of an SQLite file, for other programs.</summary>
public static class InterfaceTable
{
    /// <summary>Adds the interfaces to the table <c>dev_nets</c> of the file, which is made when missing.</summary>
    /// <exception cref="NodeException">The file cannot be written, or is no database.</exception>
    public static void Add(string path, IEnumerable<(string Device, InterfaceInfo Interface)> interfaces)
    {
        try
        {
            DevNetsFile.Add(path, interfaces.Select(pair => new DevNetRow(
                pair.Device, pair.Interface.Name, Lines(pair.Interface.Addresses), Lines(pair.Interface.Subnets), Lines(pair.Interface.AclsIn), Lines(pair.Interface.AclsOut), pair.Interface.Description)));
        }
        catch (StorageException bad)
        {
            throw new NodeException(bad.Message, bad);
        }
    }

    private static string Lines<T>(IEnumerable<T> values) => string.Join('\n', values);
}
