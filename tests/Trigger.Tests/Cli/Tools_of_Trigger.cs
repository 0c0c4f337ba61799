using System.Net;
using Trigger.Cli.Input;
using Trigger.Cli.Shell;
using Trigger.Cli.Tools;
using Trigger.Devices.Platforms;
using Trigger.Jobs.Interfaces;
using Trigger.Sessions;

namespace Trigger.Tests.Cli;

public sealed class Tools_of_Trigger
{
    private static readonly PlatformCatalog Catalog = PlatformCatalog.Load();

    [Theory]
    [InlineData("/usr/local/bin/gnng")]
    [InlineData("netdev")]
    [InlineData("./run_cmds")]
    [InlineData("load_config")]
    public void are_links_to_the_one_executable(string name) => Assert.Equal([Path.GetFileName(name), "x"], CalledAs.Verb(name, ["x"]));

    [Fact]
    public void draw_interfaces_with_one_rule_below_the_heading()
    {
        var info = new InterfaceInfo
        {
            Name = "fe-1/2/1.0", Addresses = [IPAddress.Parse("10.10.20.38")], Subnets = [IPNetwork.Parse("10.10.20.0/24")], AclsIn = ["118", "119"], Description = new string('x', 60),
        };

        Assert.Equal(
            $"""
            DEVICE: test1-abc
            | Interface  | Addresses   | Subnets       | ACLs IN | ACLs OUT | Description{new string(' ', 39)} |
            +------------+-------------+---------------+---------+----------+{new string('-', 52)}+
            | fe-1/2/1.0 | 10.10.20.38 | 10.10.20.0/24 | 118     |          | {new string('x', 50)} |
            |            |             |               | 119     |          | {new string(' ', 50)} |

            """,
            InterfaceText.Table("test1-abc", [info]));
        Assert.Equal(["test1-abc,fe-1/2/1.0,10.10.20.38,10.10.20.0/24,118;119,,\"a,\"\"b\"\"\""], InterfaceText.Csv("test1-abc", [info with { Description = "a,\"b\"" }]));
    }

    [Fact]
    public void draw_who_shares_a_network()
    {
        var config = new Dictionary<string, IReadOnlyList<InterfaceInfo>>
        {
            ["b.example.net"] = [On("10.0.0.0/24"), On("192.0.2.1/32")],
            ["a.example.net"] = [On("10.0.0.0/24"), On("10.0.0.0/24")],
            ["c.example.net"] = [On("10.0.1.0/24"), On("192.0.2.1/32")],
        };

        Assert.Equal("graph network {\n    \"a\"--\"b\"\n}\n", InterfaceText.Dotty(config));
        Assert.Null(InterfaceText.Dotty(new Dictionary<string, IReadOnlyList<InterfaceInfo>> { ["a"] = [On("10.0.0.0/24")] }));
    }

    [Theory]
    [InlineData("cisco_ios", "configure terminal|ntp server 192.0.2.1|end|write memory")]
    [InlineData("cisco_xr", "configure terminal|ntp server 192.0.2.1|commit|end")]
    [InlineData("cisco_nxos", "configure terminal|ntp server 192.0.2.1|end|copy running-config startup-config")]
    [InlineData("frr_vty", "configure terminal|ntp server 192.0.2.1|end|write memory")]
    public void put_a_configuration_between_what_the_platform_begins_and_ends_with(string platform, string expected) =>
        Assert.Equal(expected.Split('|'), Load(platform, "! a comment\nntp server 192.0.2.1\n").Commands);

    [Fact]
    public void load_a_Junos_configuration_under_a_lock()
    {
        var work = Load("juniper_junos", "system { host-name <x>; }\n");

        Assert.Equal(SessionLanguage.Netconf, work.Language);
        Assert.Equal(
            ["lock candidate", "<load-configuration action=\"replace\" format=\"text\"><configuration-text>system { host-name &lt;x&gt;; }\n</configuration-text></load-configuration>", "commit", "unlock candidate"],
            work.Commands);
        Assert.Contains("action=\"set\"", Load("juniper_junos", "set system host-name x\ndelete system y").Commands[1], StringComparison.Ordinal);
        Assert.Contains("format=\"xml\"><configuration />", Load("juniper_junos", "<configuration/>").Commands[1], StringComparison.Ordinal);
        Assert.Equal(["configure exclusive", "set system host-name x", "commit", "exit configuration-mode"], Load("juniper_junos", "set system host-name x", forceCli: true).Commands);
    }

    [Theory]
    [InlineData("linux", "x", false, "Nobody has written down how")]
    [InlineData("juniper_junos", "system { }", true, "only set commands can be typed")]
    [InlineData("juniper_junos", "<configuration>", false, "change.conf:1: the configuration is XML that cannot be read")]
    public void say_what_cannot_be_loaded(string platform, string text, bool forceCli, string why)
    {
        var mistakes = new Mistakes();
        LoadConfigVerb.Prepare(Catalog.Get(platform), [new ToolText("change.conf", text)], forceCli, "replace", full: false, mistakes);

        var said = new StringWriter();
        mistakes.Say(said);
        Assert.Contains(why, said.ToString(), StringComparison.Ordinal);
    }

    private static InterfaceInfo On(string subnet) => new() { Name = subnet, Addresses = [IPNetwork.Parse(subnet).BaseAddress], Subnets = [IPNetwork.Parse(subnet)] };

    private static ToolWork Load(string platform, string text, bool forceCli = false)
    {
        var mistakes = new Mistakes();
        var work = LoadConfigVerb.Prepare(Catalog.Get(platform), [new ToolText("change.conf", text)], forceCli, "replace", full: false, mistakes);
        Assert.False(mistakes.Any);
        return work;
    }
}
