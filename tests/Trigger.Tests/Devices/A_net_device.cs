using System.Text;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

/// <summary>Trigger's record of a device and its collection, as its users know them.</summary>
public sealed class A_net_device : IDisposable
{
    private const string Sample = """
        [
          { "nodeName": "Test1-ABC.net.aol.com", "nodePort": "2222", "deviceType": "router", "make": "M40 INTERNET BACKBONE ROUTER", "manufacturer": "JUNIPER", "model": "M40-B-AC",
            "serialNumber": "987654321", "adminStatus": "PRODUCTION", "assetID": "0000012345", "budgetCode": "1234578", "budgetName": "Data Center", "enablePW": "boguspassword",
            "owningTeam": " Data Center ", "owner": "12345678 - Network Engineering", "onCallName": "Data Center", "operationStatus": "MONITORED", "lastUpdate": "2010-07-19 19:56:32.0",
            "lifecycleStatus": "INSTALLED", "projectName": "Test Lab", "site": "LAB", "room": "CR10", "coordinate": "16ZZ", "flavour": "vanilla" },
          { "nodeName": "test2-abc.net.aol.com", "deviceType": "SWITCH", "manufacturer": "JUNIPER", "adminStatus": "NON-PRODUCTION", "site": "lab2" },
          { "nodeName": "fw1-xyz.net.aol.com", "manufacturer": "NETSCREEN TECHNOLOGIES", "site": "XYZ" },
          { "nodeName": "lab1-switch.net.aol.com", "manufacturer": "FOUNDRY", "make": null },
          { "nodeName": "n9k-1", "manufacturer": "CISCO SYSTEMS", "model": "NEXUS 9000", "operatingSystem": "NXOS", "deviceType": "switch" },
          { "nodeName": "asa-1", "manufacturer": "CISCO SYSTEMS", "deviceType": "firewall" },
          { "nodeName": "vdx-1", "manufacturer": "BROCADE", "make": "VDX 6740" },
          { "nodeName": "192.0.2.7", "manufacturer": "ARISTA NETWORKS" }
        ]
        """;

    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void has_triggers_fields_and_keeps_all_others()
    {
        var device = Load().Find("test1-abc")!;

        Assert.Equal(("test1-abc.net.aol.com", 2222, "ROUTER", "juniper"), (device.Name, device.Port, device.DeviceType, device.Vendor));
        Assert.Equal(("Data Center", "LAB", "CR10", "16ZZ"), (device.OwningTeam, device.Site, device.Room, device.Coordinate));
        Assert.Equal(("vanilla", "vanilla", null), (device["flavour"], device["FLAVOUR"], device["enablePW"]));
        Assert.Equal("boguspassword", Encoding.UTF8.GetString(device.EnablePassword!.Utf8));
        Assert.Equal(("test1-abc", "test1-abc.net.aol.com"), (device.ShortName, device.ToString()));
    }

    [Fact]
    public void has_defaults_for_what_its_source_does_not_say()
    {
        var device = Load().Find("lab1-switch")!;

        Assert.Equal(("SWITCH", "PRODUCTION", "foundry"), (device.DeviceType, device.AdminStatus, device.Vendor));
        Assert.Null(device.Make);
        Assert.Null(device.Site);
        Assert.Equal("192.0.2.7", Load().Find("192.0.2.7")!.ShortName);
    }

    [Fact]
    public void is_the_same_device_when_it_is_read_again()
    {
        var (before, after) = (Load(), Load());

        Assert.NotSame(before["n9k-1"], after["n9k-1"]);
        Assert.Equal(before["n9k-1"], after["n9k-1"]);
        Assert.Single(new HashSet<NetDevice> { before["n9k-1"], after["n9k-1"] });
        Assert.Equal(["asa-1", "n9k-1"], new[] { before["n9k-1"], before["asa-1"] }.Order(NetDevice.ByName).Select(device => device.Name));
    }

    [Fact]
    public void answers_triggers_questions()
    {
        var devices = Load();

        Assert.True(devices["test1-abc.net.aol.com"].IsRouter());
        Assert.True(devices["fw1-xyz.net.aol.com"].IsNetscreen() && devices["fw1-xyz.net.aol.com"].IsFirewall());
        Assert.True(devices["n9k-1"].IsCiscoNexus() && devices["n9k-1"].IsSwitch());
        Assert.True(devices["asa-1"].IsCiscoAsa() && !devices["asa-1"].IsCiscoNexus());
        Assert.True(devices["vdx-1"].IsBrocadeVdx());
        Assert.True(devices["asa-1"].IsIosLike(Catalog) && devices["lab1-switch.net.aol.com"].IsIosLike(Catalog));
        Assert.False(devices["test1-abc.net.aol.com"].IsIosLike(Catalog) || devices["fw1-xyz.net.aol.com"].IsIosLike(Catalog));
        Assert.False(devices["n9k-1"].IsPica8() || devices["n9k-1"].IsCumulus() || devices["n9k-1"].IsNetscaler());
        Assert.Equal("cisco_nxos", devices["n9k-1"].Os());
        Assert.Null(devices["asa-1"].Os());
    }

    [Fact]
    public void knows_what_is_typed_at_it()
    {
        var devices = Load();

        Assert.Equal(["skip-page-display"], devices["lab1-switch.net.aol.com"].StartupCommands(Catalog));
        Assert.Equal(["write memory"], devices["lab1-switch.net.aol.com"].CommitCommands(Catalog));
        Assert.Equal(["copy running-config startup-config"], devices["n9k-1"].CommitCommands(Catalog));
        Assert.Equal(["commit"], devices["test1-abc.net.aol.com"].CommitCommands(Catalog));
        Assert.Equal(["commit full"], devices["test1-abc.net.aol.com"].CommitCommands(Catalog, full: true));
        Assert.Equal(["write memory"], devices["lab1-switch.net.aol.com"].CommitCommands(Catalog, full: true));
        Assert.Equal("\n", devices["n9k-1"].Delimiter(Catalog));
        Assert.True(devices["n9k-1"].RequiresAsyncPty(Catalog));
    }

    [Fact]
    public void dumps_as_trigger_does() => Assert.Equal(
        "\n\tHostname:          test1-abc.net.aol.com\n\tOwning Org.:       12345678 - Network Engineering\n\tOwning Team:       Data Center\n\tOnCall Team:       Data Center\n\n"
        + "\tVendor:            Juniper (JUNIPER)\n\tMake:              M40 INTERNET BACKBONE ROUTER\n\tModel:             M40-B-AC\n\tType:              ROUTER\n\tLocation:          LAB CR10 16ZZ\n\n"
        + "\tProject:           Test Lab\n\tSerial:            987654321\n\tAsset Tag:         0000012345\n\tBudget Code:       1234578 (Data Center)\n\n"
        + "\tAdmin Status:      PRODUCTION\n\tLifecycle Status:  INSTALLED\n\tOperation Status:  MONITORED\n\tLast Updated:      2010-07-19 19:56:32.0\n\n",
        Load()["test1-abc.net.aol.com"].Dump());

    [Fact]
    public void is_found_among_others()
    {
        var devices = Load();

        Assert.Equal((8, 7), (devices.Count, devices.Production.Count));
        Assert.Equal(["test1-abc.net.aol.com", "test2-abc.net.aol.com"], devices.Search("-ABC").Select(device => device.Name));
        Assert.Equal(["test1-abc.net.aol.com"], devices.Match(("vendor", "juni"), ("SITE", "lab"), ("room", "10")).Select(device => device.Name));
        Assert.Equal(["test1-abc.net.aol.com", "test2-abc.net.aol.com"], devices.Match(("site", "LAB")).Select(device => device.Name));
        Assert.Equal(["lab1-switch.net.aol.com", "n9k-1", "asa-1", "vdx-1", "192.0.2.7"], devices.Match(("site", null)).Select(device => device.Name));
        Assert.Equal(["test2-abc.net.aol.com", "lab1-switch.net.aol.com", "n9k-1", "vdx-1", "192.0.2.7"], devices.Switches.Select(device => device.Name));
        Assert.Equal((1, 2, 0), (devices.Routers.Count, devices.Firewalls.Count, devices.OfType("DWDM").Count));
        Assert.Equal(["n9k-1"], devices.With("model", "nexus 9000").Select(device => device.Name));
        Assert.Contains("did you mean site?", Assert.Throws<KeyNotFoundException>(() => devices.Match(("sitee", "x"))).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => devices["nobody"]);
        Assert.True(devices.Contains("N9K-1"));
    }

    [Fact]
    public void is_offered_with_those_that_could_be_meant_too()
    {
        var devices = Load();

        Assert.Equal(["n9k-1"], devices.DeviceMatch("n9k-1").Select(device => device.Name));
        Assert.Equal(["test1-abc.net.aol.com", "test2-abc.net.aol.com"], devices.DeviceMatch("test").Select(device => device.Name));
        Assert.Empty(devices.DeviceMatch("nobody"));
    }

    [Fact]
    public void is_found_among_ten_thousand()
    {
        var text = new StringBuilder("nodeName,manufacturer,deviceType,site,model\n");
        for (var i = 0; i < 10_000; i++)
            text.Append($"dev{i}.example.net,CISCO SYSTEMS,{(i % 3 == 0 ? "ROUTER" : "SWITCH")},S{i % 50},C{i % 7}\n");
        var path = folder.Write("many.csv", text.ToString());

        var devices = NetDevices.Load([path], Catalog).Devices;

        Assert.Equal(10_000, devices.Count);
        for (var i = 0; i < 10_000; i++)
            _ = devices.Find($"dev{i}") ?? throw new InvalidOperationException();
        for (var i = 0; i < 50; i++)
            Assert.NotEmpty(devices.Match(("site", $"S{i}"), ("deviceType", "ROUTER"), ("model", "C1")));
    }

    private NetDevices Load()
    {
        var load = NetDevices.Load([folder.Write("netdevices.json", Sample)], Catalog);
        Assert.Empty(load.Mistakes);
        return load.Devices;
    }
}
