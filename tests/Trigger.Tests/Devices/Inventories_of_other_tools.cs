using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

public sealed class Inventories_of_other_tools : IDisposable
{
    private static readonly PlatformCatalog Catalog = Platforms.BuiltIn;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void triggers_xml_gives_every_child_element_as_a_field()
    {
        var devices = Good("netdevices.xml", """
            <?xml version="1.0"?>
            <!-- what the asset database knows -->
            <NetDevices>
              <device nodeName="ignored">
                <nodeName>test1-abc.net.aol.com</nodeName>
                <manufacturer>JUNIPER</manufacturer>
                <deviceType>ROUTER</deviceType>
                <owningTeam> Data Center &amp; Core </owningTeam>
                <enablePW/>
              </device>
              <device><nodeName>sw1</nodeName><manufacturer>CISCO SYSTEMS</manufacturer><deviceType>SWITCH</deviceType></device>
            </NetDevices>
            """);

        Assert.Equal(["test1-abc.net.aol.com", "sw1"], devices.All.Select(device => device.Name));
        var first = devices.Find("test1-abc")!;
        Assert.Equal(("juniper", "Data Center & Core"), (first.Vendor, first.Fields["owningTeam"]));
        Assert.Null(first.EnablePassword);
        Assert.EndsWith(":4", first.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<NetDevices><device><nodeName>r1</nodeName></NetDevices>", ":1: this is not XML")]
    [InlineData("<!DOCTYPE d [<!ENTITY e \"x\">]><d><device><nodeName>&e;</nodeName></device></d>", ":1: this is not XML")]
    [InlineData("<d>\n<router/>\n</d>", ":2: a device is an element <device>, not '<router>'")]
    public void bad_xml_is_named_with_its_line(string text, string mistake) => Assert.Contains(mistake, Assert.Single(Bad("devices.xml", text)), StringComparison.Ordinal);

    [Fact]
    public void rancids_router_db_is_read_with_colons_and_with_semicolons()
    {
        var devices = Good("router.db", """
            # comment: with: colons
            core1.example.net:cisco:up
            core2:juniper:down:router
            """);
        Assert.Equal(["cisco_ios", "juniper_junos"], devices.All.Select(device => device.Platform));
        Assert.Equal("NON-PRODUCTION", devices.Find("core2")!.AdminStatus);

        var newer = Good("router.db", "2001:db8::1;cisco-nx;up;behind the door\nsw1;cisco;up;switch\n");
        Assert.Equal(("cisco_nxos", "cisco", "behind the door"), (newer.All[0].Platform, newer.All[0].Vendor, newer.All[0].Fields["comment"]));
        Assert.Equal("SWITCH", newer.All[1].DeviceType);
    }

    [Theory]
    [InlineData("name,vendor,mgmt_ip,rack\nr1,cisco,192.0.2.1/24,5\n", "r1 192.0.2.1 cisco_ios 5")]
    [InlineData("Hostname,site,platform,rack\nr1,AMS,arista_eos,5\n", "r1 r1 arista_eos 5")]
    [InlineData("rack,device,manufacturer\n5,R1,JUNIPER\n", "r1 r1 juniper_junos 5")]
    [InlineData("host,cisco\n", "host host cisco_ios ")]
    [InlineData("nodeName,manufacturer,rack\nr1,cisco,\"5\n[core]\nx a=b\"\n", "r1 r1 cisco_ios 5\n[core]\nx a=b")]
    public void a_csv_may_have_any_header_that_names_devices(string text, string told) =>
        Assert.Equal(told, Good("any.csv", text).All.Select(device => $"{device.Name} {device.Host} {device.Platform} {device["rack"]}").Single());

    [Fact]
    public void passwords_are_kept_from_being_shown_whatever_others_call_them()
    {
        var device = Good("netmiko.csv", "host,platform,username,password,secret\nr1,cisco_ios,bob,pw1,pw2\n").All.Single();

        Assert.Equal("bob", device.LoginName);
        Assert.True(device.LoginPassword!.SameAs(new Secret("pw1")) && device.EnablePassword!.SameAs(new Secret("pw2")));
        Assert.Equal(["host", "platform", "username"], device.Fields.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void what_is_no_text_is_nobodys_and_nothing_of_it_is_repeated()
    {
        var seed = Random.Shared.Next();
        var noise = new byte[20_000];
        new Random(seed).NextBytes(noise);
        foreach (var name in new[] { "photo.jpg", "router.db", "hosts" })
        {
            var path = Path.Combine(folder.Path, name);
            File.WriteAllBytes(path, noise);
            var mistake = Assert.Single(Load(path).Mistakes);
            Assert.True(mistake.Contains("no text", StringComparison.Ordinal) && mistake.Length < 1000 && !mistake.Any(char.IsControl), $"seed {seed}: {mistake}");
        }
    }

    [Fact]
    public void a_directory_of_rancid_instances_is_one_inventory()
    {
        foreach (var site in new[] { "ams", "fra" })
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "rancid", site, "configs"));
            File.WriteAllText(Path.Combine(folder.Path, "rancid", site, "router.db"), $"{site}1;cisco;up\n");
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "rancid", "CVS"));
        File.WriteAllText(Path.Combine(folder.Path, "rancid", "CVS", "router.db"), "old;cisco;up\n");

        Directory.CreateDirectory(Path.Combine(folder.Path, "rancid", "var", "lab"));
        File.WriteAllText(Path.Combine(folder.Path, "rancid", "var", "lab", "router.db"), "lab1;cisco;up\n");

        var devices = Load(Path.Combine(folder.Path, "rancid")).Devices;
        Assert.Equal(["ams1", "fra1", "lab1"], devices.All.Select(device => device.Name));
        Assert.Equal(["ams", "fra", "lab"], devices.Groups.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void an_ansible_ini_gives_hosts_their_groups_and_variables()
    {
        var devices = Good("hosts", """
            lonely ansible_host=127.0.0.9   # a remark
            [core]
            core[01:02].example.net ansible_port=2222 rack="5 north"
            [edge]
            edge1 ansible_network_os=junos ansible_password='pa ss'
            [routers:children]
            core
            edge
            [routers:vars]
            ansible_network_os=cisco.ios.ios
            site=AMS
            ansible_user=admin
            """);

        Assert.Equal(["lonely", "core01.example.net", "core02.example.net", "edge1"], devices.All.Select(device => device.Name));
        var core = devices.Find("core01")!;
        Assert.Equal(("cisco_ios", 2222, "AMS", "5 north"), (core.Platform, core.Port!.Value, core.Fields["site"], core.Fields["rack"]));
        Assert.Equal("routers,core", core.Fields["groups"]);
        Assert.Equal("juniper_junos", devices.Find("edge1")!.Platform);
        Assert.Equal("pa ss"u8.ToArray(), devices.Find("edge1")!.LoginPassword!.Utf8.ToArray());
        Assert.DoesNotContain("ansible_user", core.Fields.Keys);
        Assert.Equal("admin", core.LoginName);
        Assert.Equal(("linux", "127.0.0.9"), (devices.Find("lonely")!.Platform, devices.Find("lonely")!.Host));
    }

    [Fact]
    public void ansibles_variable_files_lie_beside_the_inventory()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "group_vars"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "host_vars", "r1"));
        File.WriteAllText(Path.Combine(folder.Path, "group_vars", "core.yml"), "ansible_network_os: arista.eos.eos\nsite: FRA\n");
        File.WriteAllText(Path.Combine(folder.Path, "host_vars", "r1", "main.yml"), "site: AMS\nsecret: !vault |\n  $ANSIBLE_VAULT;1.1\n  6162\n");

        var devices = Good("hosts", "[core]\nr1\nr2\n");
        Assert.Equal(["AMS", "FRA"], devices.All.Select(device => device.Fields["site"]));
        Assert.All(devices.All, device => Assert.Equal("arista_eos", device.Platform));
        Assert.DoesNotContain("secret", devices.All[0].Fields.Keys);
    }

    [Fact]
    public void an_ansible_yaml_says_the_same()
    {
        var devices = Good("inventory.yml", """
            ---
            all:
              vars:
                ansible_network_os: cisco.nxos.nxos
              hosts:
                alone:
              children:
                leaves:
                  hosts:
                    leaf[1:2]:
                      ansible_host: 127.0.0.1
                      vlans: [10, 20]
                    legacy:
                      ansible_connection: telnet
                  vars:
                    site: AMS
            """);

        Assert.Equal(["alone", "leaf1", "leaf2", "legacy"], devices.All.Select(device => device.Name));
        Assert.All(devices.All, device => Assert.Equal("cisco_nxos", device.Platform));
        var leaf = devices.Find("leaf1")!;
        Assert.Equal(("127.0.0.1", "AMS", "10,20", "leaves"), (leaf.Host, leaf.Fields["site"], leaf.Fields["vlans"], leaf.Fields["groups"]));
        Assert.Equal(Protocol.Telnet, devices.Find("legacy")!.Protocol);
        Assert.EndsWith(":10", leaf.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void nornirs_hosts_take_from_groups_and_defaults_what_they_do_not_say()
    {
        folder.Write("groups.yaml", "core:\n  platform: eos\n  port: 2222\n  groups: [net]\nnet:\n  data:\n    site: FRA\n    role: net\n");
        folder.Write("defaults.yaml", "username: admin\nport: 22\ndata:\n  domain: example.net\n");
        var devices = Good("hosts.yaml", """
            ---
            r1:
              hostname: 127.0.0.1
              groups: [core]
              data:
                site: AMS
            r2:
              platform: ios
            """);

        var r1 = devices.Find("r1")!;
        Assert.Equal(("arista_eos", "127.0.0.1", 2222), (r1.Platform, r1.Host, r1.Port!.Value));
        Assert.Equal(("AMS", "net", "example.net", "core,net"), (r1.Fields["site"], r1.Fields["role"], r1.Fields["domain"], r1.Fields["groups"]));
        Assert.Equal(("cisco_ios", 22), (devices.Find("r2")!.Platform, devices.Find("r2")!.Port!.Value));
    }

    [Fact]
    public void a_nornir_directory_is_read_by_its_hosts_file()
    {
        folder.Write("hosts.yaml", "r1:\n  platform: ios\n");
        folder.Write("groups.yaml", "x:\n  platform: eos\n");
        Assert.Equal("r1", Assert.Single(Load(folder.Path).Devices.All).Name);
    }

    [Fact]
    public void a_directory_of_anything_is_all_that_lies_in_it()
    {
        folder.Write("a.csv", "r1,cisco\n");
        folder.Write("b.json", """[{"nodeName": "r2", "manufacturer": "JUNIPER"}]""");
        folder.Write("c.xml", "<d><device><nodeName>r3</nodeName><manufacturer>ARISTA</manufacturer></device></d>");
        folder.Write(".hidden", "nonsense\0");

        var load = Load(folder.Path);
        Assert.Empty(load.Mistakes);
        Assert.Equal(["r1", "r2", "r3"], load.Devices.All.Select(device => device.Name));
    }

    [Fact]
    public void what_nobody_can_read_says_why_each_loader_refused()
    {
        var mistake = Assert.Single(Bad("core.dump", "\u007fELF\0\0\0"));
        foreach (var loader in Inventories.BuiltIn)
            Assert.Contains($"{loader.Name}: ", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inventory.yml", "all:\n  hosts: [a, b]\n", ":2: 'hosts' is not known in the group 'all'")]
    [InlineData("inventory.yml", "all:\n  hots:\n    r1:\n", ":2: 'hots' is not known in the group 'all'")]
    [InlineData("inventory.yml", "all: {hosts: {r1: }\n", ":2: this is not YAML")]
    [InlineData("inventory.yml", "- r1\n- r2\n", ":1: an inventory is a mapping")]
    [InlineData("hosts", "[core\nr1 a=b\n", ":1: '[core' has no closing bracket")]
    [InlineData("hosts", "[core]\nr1 oops\n", ":2: 'oops' is not of the form name=value")]
    [InlineData("hosts", "[core:vans]\nx=1\n", ":1: '[core:vans]' is neither")]
    [InlineData("hosts", "[core]\nr[9:1]\n", ":2: the range in 'r[9:1]'")]
    [InlineData("hosts.yaml", "r1:\n  platform: ios\n  groups: [nowhere]\n", ":1: there is no group 'nowhere'")]
    [InlineData("router.db", "r1\n", ":1: 'r1' is not of the form name;type;state")]
    public void mistakes_are_named_with_file_and_line(string name, string text, string mistake) =>
        Assert.Contains(Bad(name, text), found => found.Contains(name + mistake, StringComparison.Ordinal));

    [Fact]
    public void aliases_that_multiply_and_nesting_without_end_are_refused()
    {
        Assert.Contains("deeper", Assert.Single(Bad("deep.yml", new string('[', 5_000))), StringComparison.Ordinal);
        Assert.Contains("aliases", Assert.Single(Bad("bomb.yml", "a: &a x\nb: [" + string.Join(',', Enumerable.Repeat("*a", 10_001)) + "]\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void no_text_makes_a_loader_throw()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] pieces = ["r1", ":", ";", ",", "\n", "[", "]", "=", "\"", "'", "all:", "hosts:", "  ", "- ", "<device>", "</device>", "<", "&", "*a", "&a", "{", "}", "#", "\0", "\t", "!vault", "1", "---\n", "|"];
        foreach (var name in new[] { "x.yml", "hosts", "x.xml", "router.db", "x" })
        {
            for (var round = 0; round < 300; round++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
                try
                {
                    NetDevices.Load([InventorySource.OfBytes(name, System.Text.Encoding.UTF8.GetBytes(text))], Catalog, new Inventories(Inventories.BuiltIn));
                }
                catch (Exception failure)
                {
                    Assert.Fail($"seed {seed}, {name}: {text}\n{failure}");
                }
            }
        }
    }

    [Fact]
    public void ten_thousand_hosts_are_found_by_name_without_a_walk()
    {
        var devices = Good("hosts", "[all]\nr[1:10000] ansible_network_os=ios\n");
        Assert.Equal(10_000, devices.All.Count);
        Assert.Equal("r9999", devices.Find("R9999")!.Name);
    }

    [Fact]
    public void a_loader_of_ones_own_is_asked_first()
    {
        var load = NetDevices.Load([InventorySource.OfBytes("x", "anything"u8.ToArray())], Catalog, new Inventories([new Fixed(), .. Inventories.BuiltIn]));
        Assert.Equal("mine", Assert.Single(load.Devices.All).Name);
    }

    private NetDevices Good(string name, string text)
    {
        var load = Load(folder.Write(name, text));
        Assert.Empty(load.Mistakes);
        return load.Devices;
    }

    private IReadOnlyList<string> Bad(string name, string text) => Load(folder.Write(name, text)).Mistakes;

    private static InventoryLoad Load(string path) => NetDevices.Load([path], Catalog);

    private sealed class Fixed : IInventoryLoader
    {
        public string Name => "fixed";

        public LoaderAnswer Load(InventorySource source) =>
            new LoaderAnswer.Rows([new InventoryRow(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["nodeName"] = "mine", ["manufacturer"] = "cisco" }, "x:1")], []);
    }
}
