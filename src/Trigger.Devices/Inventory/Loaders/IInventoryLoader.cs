namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Reads inventories of one format. A format of one's own is one class more in the list given to <see cref="NetDevices"/>.</summary>
public interface IInventoryLoader
{
    /// <summary>The format, as reports name it: <c>JSON</c>, <c>RANCID</c>, ….</summary>
    string Name { get; }

    /// <summary>Reads the source, or says why it is not of this format. What is of the format but wrong is an answer with mistakes and no refusal.</summary>
    /// <exception cref="IOException">The source cannot be read at all.</exception>
    LoaderAnswer Load(InventorySource source);
}
