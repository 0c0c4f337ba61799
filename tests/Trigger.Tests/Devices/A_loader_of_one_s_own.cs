using Trigger.Devices.Inventory;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;
using Trigger.Node;

namespace Trigger.Tests.Devices;

public sealed class A_loader_of_one_s_own
{
    private static readonly PlatformCatalog Catalog = PlatformCatalog.Load();

    [Fact]
    public void is_one_class_that_is_asked_first()
    {
        var load = new InventoryReader(custom: [new Pairs()]).Load(["pairs://warehouse/routers?vendor=cisco&n=2"], Catalog);

        Assert.Empty(load.Mistakes);
        Assert.Equal(["routers1 cisco", "routers2 cisco"], load.Devices.All.Select(device => $"{device.Name} {device.Vendor}"));
    }

    [Fact]
    public void leaves_to_the_others_what_is_not_its_own()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "a,cisco\n");

        Assert.Equal("a", new InventoryReader(custom: [new Pairs()]).Load([file], Catalog).Devices.All.Single().Name);
        File.Delete(file);
    }

    [Theory]
    [InlineData("mongodb://db.example.net/devices?table_name=x", "mongodb://db.example.net/devices: cannot be read: nothing built in fetches mongodb:// addresses; a loader of your own can (IInventoryLoader).")]
    [InlineData("mongodb://me:secret@db.example.net/devices", "db.example.net: an address is http://host/path or https://host/path, without a user. What authorises a request goes into $TRIGGER_INVENTORY_AUTHORIZATION.")]
    public void is_missed_where_nobody_registered_it(string place, string said)
    {
        var mistake = Assert.Single(new InventoryReader().Load([place], Catalog).Mistakes);
        Assert.Equal(said, mistake);
    }

    /// <summary>Makes rows of an address's own words.</summary>
    private sealed class Pairs : IInventoryLoader
    {
        public string Name => "pairs";

        public LoaderAnswer Load(InventorySource source)
        {
            if (source.Address is not { Scheme: "pairs" } address)
                return new LoaderAnswer.Refused("its address does not begin with pairs://");

            var rows = Enumerable.Range(1, int.Parse(source.Arguments["n"], System.Globalization.CultureInfo.InvariantCulture)).Select(number => new InventoryRow(
                new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["nodeName"] = $"{address.AbsolutePath.Trim('/')}{number}", ["manufacturer"] = source.Arguments["vendor"] }, $"{source.Name}:{number}"));
            return new LoaderAnswer.Rows(rows, []);
        }
    }
}
