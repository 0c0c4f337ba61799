using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

public sealed class An_inventory_in_another_format
{
    private static readonly PlatformCatalog Catalog = PlatformCatalog.Load();

    private const string Source = """
        nodeName,manufacturer,deviceType,site,adminStatus,remark,loginPW,enablePW,protocol,port
        core1.net,CISCO SYSTEMS,ROUTER,AMS,PRODUCTION,"a, ""b"" <c> & 'd'",pw1,pw2,,
        old.net,JUNIPER,ROUTER,FRA,NON-PRODUCTION,#no remark,,,,
        edge:2222,ARISTA NETWORKS,,AMS,," ",,,ssh,2200
        2001:db8::1,FOUNDRY,SWITCH,,,C:\dir: x,,,telnet,
        """;

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("ansible")]
    [InlineData("nornir")]
    public void is_the_same_devices_when_it_is_read_back(string format)
    {
        var devices = Read("a.csv", Source);
        var left = new List<string>();

        var again = Read(format is "ansible" or "nornir" ? "hosts.yml" : $"b.{format}", InventoryWriter.Text(format, devices, passwords: true, left));

        Assert.Empty(left);
        Assert.Equal(devices.Select(Told), again.Select(Told));
    }

    [Fact]
    public void has_no_password_in_it_unless_somebody_asks()
    {
        var devices = Read("a.csv", Source);
        foreach (var format in InventoryWriter.Formats)
            Assert.DoesNotContain("pw1", InventoryWriter.Text(format, devices, passwords: false, []), StringComparison.Ordinal);
        Assert.Contains("pw2", InventoryWriter.Text("json", devices, passwords: true, []), StringComparison.Ordinal);
    }

    [Fact]
    public void says_what_RANCID_has_no_room_for()
    {
        var left = new List<string>();
        var text = InventoryWriter.Text("rancid", Read("a.csv", Source), passwords: false, left);

        Assert.StartsWith("core1.net;cisco;up;router\nold.net;juniper;down;router\n", text, StringComparison.Ordinal);
        Assert.Equal(["port", "protocol", "remark", "site"], left.Order(StringComparer.Ordinal));
        Assert.Equal(["core1.net", "old.net", "edge:2222", "2001:db8::1"], Read("router.db", text).Select(device => device.Name));
    }

    [Fact]
    public void says_which_field_cannot_be_an_element()
    {
        var left = new List<string>();
        var text = InventoryWriter.Text("xml", Read("a.csv", "nodeName,manufacturer,a b\nx,cisco,y\n"), passwords: false, left);

        Assert.Equal(["a b"], left);
        Assert.Single(Read("b.xml", text));
    }

    [Fact]
    public void may_hold_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        const string Letters = "ab \t\"',;:#{}[]<>&\\\n%@*!|-é漢~=";
        for (var round = 0; round < 300; round++)
        {
            var value = new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])]).Trim();
            var device = Read("a.json", System.Text.Json.JsonSerializer.Serialize(new[] { new Dictionary<string, string> { ["nodeName"] = "x", ["manufacturer"] = "cisco", ["remark"] = value } }))[0];
            foreach (var (format, file) in new[] { ("json", "b.json"), ("csv", "b.csv"), ("xml", "b.xml"), ("nornir", "b.yml") })
            {
                var text = InventoryWriter.Text(format, [device], passwords: false, []);
                Assert.True(Read(file, text)[0]["remark"] == device["remark"], $"seed {seed}, round {round}, {format}: '{value}'\n{text}");
            }
        }
    }

    private static string Told(NetDevice device) =>
        $"{device.Name} {device.Host} {device.Port} {device.Platform} {device.DeviceType} {device.Protocol} {device.AdminStatus} {device.Site} {device["remark"]} "
        + $"{(device.LoginPassword is { } login ? System.Text.Encoding.UTF8.GetString(login.Utf8) : "-")} {(device.EnablePassword is { } enable ? System.Text.Encoding.UTF8.GetString(enable.Utf8) : "-")}";

    private static IReadOnlyList<NetDevice> Read(string name, string text)
    {
        var load = NetDevices.Load([InventorySource.OfBytes(name, System.Text.Encoding.UTF8.GetBytes(text))], Catalog, new Inventories(Inventories.BuiltIn));
        Assert.True(load.Mistakes.Count == 0, string.Join('\n', load.Mistakes) + "\n" + text);
        return load.Devices.All;
    }
}
