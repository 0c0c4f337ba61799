using Trigger.Devices.Inventory;

namespace Trigger.Tests.Devices;

public sealed class A_selection
{
    private static readonly NetDevices Inventory = Load();

    [Theory]
    [InlineData("all", "core1 core2 edge1 fw1")]
    [InlineData("core1", "core1")]
    [InlineData("CORE1,core2", "core1 core2")]
    [InlineData("core*", "core1 core2")]
    [InlineData("core? edge*", "core1 core2 edge1")]
    [InlineData("10.0.0.?", "core1 core2")]
    [InlineData("site=AMS", "core1 edge1")]
    [InlineData("vendor=cisco site=ams", "core1")]
    [InlineData("vendor=cisco,site!=ams", "core2 fw1")]
    [InlineData("platform=cisco_*", "core1 core2 fw1")]
    [InlineData("core* vendor=cisco not core2", "core1")]
    [InlineData("not vendor=cisco", "edge1")]
    [InlineData("not not vendor=cisco", "core1 core2 fw1")]
    [InlineData("not core*", "edge1 fw1")]
    [InlineData("type=firewall", "fw1")]
    [InlineData("protocol=telnet", "edge1")]
    [InlineData("nodeName~^(core|fw)1$", "core1 fw1")]
    [InlineData("name~\"re{1,2}1$\"", "core1")]
    [InlineData("role='top of rack'", "core2")]
    [InlineData("role=", "core1 edge1 fw1")]
    [InlineData("site=xyz", "")]
    [InlineData("adminStatus=NON-PRODUCTION", "old1")]
    [InlineData("adminStatus=* core* old1", "core1 core2 old1")]
    [InlineData("internal=yes core*", "core1 core2")]
    [InlineData("internal!=yes core*", "")]
    [InlineData("internal=no", "")]
    public void chooses_devices(string text, string names)
    {
        var result = Selection.Choose(text, Inventory);
        Assert.Empty(result.Mistakes);
        Assert.Equal(names, string.Join(' ', result.Devices.Select(device => device.Name)));
    }

    [Theory]
    [InlineData("", "Nothing is selected")]
    [InlineData("core1 cor2", "Column 7: no device matches 'cor2'; did you mean core2")]
    [InlineData("x*", "Column 1: no device matches 'x*'")]
    [InlineData("sitee=AMS", "Column 1: no device has a field 'sitee'; did you mean site")]
    [InlineData("name~(", "Column 1: '(' is not a regular expression")]
    [InlineData("core1 not", "Column 7: 'not' wants a term")]
    [InlineData("site=\"AMS", "Column 6: the quote that opens here is not closed")]
    [InlineData("old1", "Column 1: 'old1' is not in production (NON-PRODUCTION)")]
    public void names_a_mistake_and_its_column(string text, string beginning)
    {
        var result = Selection.Choose(text, Inventory);
        Assert.Empty(result.Devices);
        Assert.StartsWith(beginning, Assert.Single(result.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void names_all_mistakes_together() => Assert.Equal(3, Selection.Choose("sitee=a name~( rolle!=x", Inventory).Mistakes.Count);

    [Fact]
    public void chooses_from_the_inventory_whatever_is_written()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] pieces = ["core1", "core*", "not", "all", "site", "=", "!=", "~", "AMS", "\"", "'", ",", " ", "?", "*", "(", "vendor=cisco", "\\", "é"];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)] + (random.Next(3) == 0 ? " " : "")));
            var result = Selection.Choose(text, Inventory);
            Assert.True(result.Mistakes.Count == 0 || result.Devices.Count == 0, $"Seed {seed}, round {round}: {text}");
            Assert.True(result.Devices.Distinct().Count() == result.Devices.Count, $"Seed {seed}, round {round}: {text}");
        }
    }

    [Fact]
    public void of_a_term_and_of_its_opposite_make_up_everything()
    {
        foreach (var term in new[] { "core*", "site=AMS", "site!=AMS", "name~1$", "vendor=cisco", "role=*rack" })
        {
            var chosen = Selection.Choose(term, Inventory).Devices;
            var others = Selection.Choose($"not {term}", Inventory).Devices;
            Assert.Empty(chosen.Intersect(others));
            Assert.Equal(Inventory.Production.Count, chosen.Count + others.Count);
        }
    }

    private static NetDevices Load()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("devices.csv", """
            nodeName,manufacturer,deviceType,site,address,protocol,role,adminStatus
            core1,cisco,ROUTER,AMS,10.0.0.1,,,
            core2,cisco,ROUTER,FRA,10.0.0.2,,top of rack,
            edge1,arista,SWITCH,AMS,10.0.1.3,telnet,,
            fw1,cisco,FIREWALL,FRA,10.0.1.40,,,
            old1,cisco,ROUTER,FRA,10.0.1.50,,,NON-PRODUCTION
            """);
        var load = NetDevices.Load([file], Platforms.BuiltIn);
        Assert.Empty(load.Mistakes);
        return load.Devices;
    }
}
