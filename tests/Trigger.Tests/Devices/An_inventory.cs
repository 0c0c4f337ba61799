using System.Text;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

public sealed class An_inventory : IDisposable
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void reads_triggers_bare_csv()
    {
        var devices = Good("""
            # name,vendor
            test1-abc.net.aol.com,juniper,up,router

            TEST2-abc.net.aol.com,JUNIPER,down,router
            fw1-xyz.net.aol.com,NETSCREEN TECHNOLOGIES
            lab1-switch.net.aol.com,foundry,up,switch
            """);

        Assert.Equal(4, devices.All.Count);
        Assert.Equal(3, devices.Production.Count);
        var first = devices.Find("test1-abc")!;
        Assert.Equal(("test1-abc.net.aol.com", "juniper", "juniper_junos", "ROUTER"), (first.Name, first.Vendor, first.Platform, first.DeviceType));
        Assert.Equal(("FIREWALL", "juniper_screenos"), (devices.Find("fw1-xyz")!.DeviceType, devices.Find("fw1-xyz")!.Platform));
        Assert.Equal("NON-PRODUCTION", devices.Find("test2-abc.net")!.AdminStatus);
        Assert.Null(devices.Find("test1"));
        Assert.EndsWith(":2", first.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void reads_csv_with_a_header_of_any_fields()
    {
        var devices = Good(""""
            nodeName,platform,address,port,protocol,"rack, row",enablePW,loginPW,hostKey
            core1,arista_eos,127.0.0.1,2222,ssh,"5 ""north""",e1,l1,SHA256:abc
            core2,frr_vty,::1,,,,,,
            """");

        var core1 = devices.Find("core1")!;
        Assert.Equal(("127.0.0.1", 2222, Protocol.Ssh, "arista"), (core1.Host, core1.Port!.Value, core1.Protocol, core1.Vendor));
        Assert.Equal("5 \"north\"", core1.Fields["RACK, ROW"]);
        Assert.Equal("e1", Encoding.UTF8.GetString(core1.EnablePassword!.Utf8));
        Assert.Equal("SHA256:abc", core1.PinnedHostKey);
        Assert.DoesNotContain("enablePW", core1.Fields.Keys);
        Assert.DoesNotContain("loginPW", core1.Fields.Keys);
        Assert.Equal(Protocol.Telnet, devices.Find("core2")!.Protocol);
    }

    [Theory]
    [InlineData("core1", "core1", "core1", null, Protocol.Ssh)]
    [InlineData("Core1:2222", "core1:2222", "core1", 2222, Protocol.Ssh)]
    [InlineData("10.0.0.1:23", "10.0.0.1:23", "10.0.0.1", 23, Protocol.Telnet)]
    [InlineData("2001:DB8::1", "2001:db8::1", "2001:db8::1", null, Protocol.Ssh)]
    [InlineData("[2001:db8::1]:2222", "[2001:db8::1]:2222", "2001:db8::1", 2222, Protocol.Ssh)]
    [InlineData("[2001:db8::1]", "[2001:db8::1]", "2001:db8::1", null, Protocol.Ssh)]
    public void takes_a_node_name_apart(string written, string name, string host, int? port, Protocol protocol)
    {
        var device = Assert.Single(Good($"{written},cisco").All);
        Assert.Equal((name, host, port, protocol), (device.Name, device.Host, device.Port, device.Protocol));
    }

    [Fact]
    public void reads_json_as_trigger_writes_it_and_one_object_per_line()
    {
        const string Device = """{ "nodeName": "n9k1", "deviceType": "SWITCH", "manufacturer": "CISCO", "model": "NEXUS", "loginPW": null, "layer3": 1, "acls": ["a"] }""";
        foreach (var text in new[] { $"[\n{Device}\n]", Device + "\n" + Device.Replace("n9k1", "n9k2", StringComparison.Ordinal) })
        {
            var device = Good(text).Find("n9k1")!;
            Assert.Equal(("cisco_nxos", "1", "[\"a\"]"), (device.Platform, device.Fields["layer3"], device.Fields["acls"]));
            Assert.Null(device.LoginPassword);
        }
    }

    [Fact]
    public void names_all_mistakes_of_all_files_together()
    {
        var a = folder.Write("a.csv", """
            nodeName,manufacturer,platform,port,protocol
            ok,cisco,,,
            ,cisco,,,
            nobody,,,,
            near,,cisco_iso,,
            far,cisco,,70000,
            odd,cisco,,,rlogin
            OK,cisco,,,
            wide,cisco,,,,x
            "torn,cisco
            junk,"cisco"x
            host:abc,cisco,,,
            strange,Zyzzyva,,,
            """);
        var b = folder.Write("b.json", "[\n{ \"nodeName\": \"ok\", \"manufacturer\": \"cisco\" },\n{ \"nodeName\": \"x\" }\n,]\n]");
        var none = Path.Combine(folder.Path, "none.csv");

        var load = NetDevices.Load([a, none, b], Catalog);

        Assert.Equal(["ok"], load.Devices.All.Select(device => device.Name));
        string[] beginnings =
        [
            $"{a}:3: the device has no nodeName",
            $"{a}:4: the device has neither manufacturer nor platform",
            $"{a}:5: there is no platform 'cisco_iso'; did you mean cisco_ios",
            $"{a}:6: the port is '70000'",
            $"{a}:7: the protocol is 'rlogin'",
            $"{a}:8: 'ok' stands here a second time; it is already at {a}:2",
            $"{a}:9: 6 columns, but the header names 5",
            $"{a}:10: a quote is opened and never closed",
            $"{a}:11: text stands after a closing quote",
            $"{a}:12: the port is 'abc'",
            $"{a}:13: no platform is known for the manufacturer 'Zyzzyva'",
            $"{none}: cannot be read",
            $"{b}:2: 'ok' stands here a second time",
            $"{b}:3: the device has neither",
            $"{b}:5: this is not JSON",
        ];
        foreach (var beginning in beginnings)
            Assert.Contains(load.Mistakes, mistake => mistake.StartsWith(beginning, StringComparison.Ordinal));
        Assert.Equal(beginnings.Length, load.Mistakes.Count);
    }

    [Fact]
    public void finds_by_as_much_of_a_name_as_leads_to_one_device()
    {
        var devices = Good("a.x.net,cisco\na.y.net,cisco\nb.y.net:2222,cisco\n");

        Assert.Equal("a.x.net", devices.Find("A.X")!.Name);
        Assert.Null(devices.Find("a"));
        Assert.Equal("b.y.net:2222", devices.Find("b")!.Name);
        Assert.Equal("b.y.net:2222", devices.Find("b.y.net")!.Name);
        Assert.Equal(2, devices.Search("Y.NET").Count);
        Assert.Equal(3, devices.Match(new Dictionary<string, string?> { ["VENDOR"] = "cis", ["site"] = null }).Count);
    }

    [Fact]
    public void never_breaks_on_any_bytes()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] pieces = ["nodeName", ",", "\"", "\n", "\r\n", "#", "a", "cisco", "{", "}", "[", "]", ":", "\"nodeName\":", "\"x\"", "null", "1", " ", "\uFEFF", "platform"];
        for (var round = 0; round < 1000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var load = NetDevices.Load([folder.Write("fuzz", text)], Catalog);
            Assert.True(load.Devices.All.Count <= text.Length, $"Seed {seed}, round {round}: {text}");
        }
    }

    [Fact]
    public void of_ten_thousand_devices_keeps_every_one()
    {
        var text = "nodeName,manufacturer,site,address\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"r{i}.ams.example.net,cisco,ams{i % 7},10.0.{i / 250}.{i % 250}\n"));
        var devices = Good(text);
        Assert.Equal(10_000, devices.All.Count);
        Assert.Equal("10.0.39.249", devices.Find("r9999")!.Host);
    }

    private NetDevices Good(string text)
    {
        var load = NetDevices.Load([folder.Write("devices", text)], Catalog);
        Assert.Empty(load.Mistakes);
        return load.Devices;
    }
}
