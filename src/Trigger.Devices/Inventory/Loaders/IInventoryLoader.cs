namespace Trigger.Devices.Inventory.Loaders;

/// <summary>
/// Reads inventories of one format. A format, or a database, of one's own is one class more, handed to the <c>InventoryReader</c> that a host gives its node; it is asked before the built-in ones.
/// <code>
/// sealed class Warehouse : IInventoryLoader
/// {
///     public string Name => "warehouse";
///
///     public LoaderAnswer Load(InventorySource source)
///     {
///         if (source.Address is not { Scheme: "mongodb" } address)
///             return new LoaderAnswer.Refused("its address does not begin with mongodb://");
///
///         var rows = Ask(address, source.Arguments["table_name"]).Select(document => new InventoryRow(FieldsOf(document), source.Name));
///         return new LoaderAnswer.Rows(rows, []);
///     }
/// }
///
/// var inventory = new InventoryReader(custom: [new Warehouse()]).Load(["mongodb://db/devices?table_name=netdevices"], platforms);
/// </code>
/// </summary>
public interface IInventoryLoader
{
    /// <summary>The format, as reports name it: <c>JSON</c>, <c>RANCID</c>, ….</summary>
    string Name { get; }

    /// <summary>Reads the source, or says why it is not of this format. What is of the format but wrong is an answer with mistakes and no refusal.</summary>
    /// <exception cref="IOException">The source cannot be read at all.</exception>
    LoaderAnswer Load(InventorySource source);
}
