namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Comma-separated values: with a header of any fields that names nodeName, or bare in Trigger's order. The last to be tried, since any text is CSV of a kind.</summary>
public sealed class CsvLoader : IInventoryLoader
{
    public string Name => "CSV";

    public LoaderAnswer Load(InventorySource source)
    {
        if (source.IsDirectory)
            return new LoaderAnswer.Refused("it is a directory");
        if (source.WhyNotText is { } why)
            return new LoaderAnswer.Refused(why);

        var mistakes = new List<string>();
        return LoaderAnswer.Rows.All(new CsvRows(source.Text, source.Name, mistakes).Read(), mistakes);
    }
}
