using Trigger.Devices.Platforms;
using Trigger.Jobs.Interfaces;

namespace Trigger.Tests.Jobs;

public sealed class Interfaces_of_a_device
{
    private const string Ios = """
        Building configuration...

        hostname core1
        !
        interface Loopback0
         description  Router Loopback
         ip address 192.0.2.1 255.255.255.255
        !
        interface ethernet 6/6
         ip access-group 118 in
         no ip address
         ip access-group OUT-ACL out
         shutdown
        !
        interface Dialer1
         ip address negotiated
        interface Vlan10
         ip address 10.1.2.3 255.255.254.0
         ip address 10.9.9.9 255.255.255.0 secondary
         ip access-group 10.special in
         ipv6 address 2001:db8::1/64
         ipv6 traffic-filter V6 in
         no shutdown
        router ospf 1
         ip address 1.1.1.1 255.0.0.0
        end
        """;

    [Fact]
    public void of_IOS_are_read_line_by_line_whatever_else_is_written()
    {
        var found = Read(InterfaceForm.Ios, Ios);

        Assert.Equal(["Loopback0", "ethernet6/6", "Dialer1", "Vlan10"], found.Select(info => info.Name));
        Assert.Equal("Router Loopback", found[0].Description);
        Assert.Equal("192.0.2.1/32", Assert.Single(found[0].Subnets).ToString());
        Assert.True(found[1] is { IsDisabled: true, IsUnnumbered: true });
        Assert.Equal(("118", "OUT-ACL"), (found[1].AclsIn.Single(), found[1].AclsOut.Single()));
        Assert.True(found[2].IsUnnumbered);
        Assert.Equal(["10.1.2.0/23", "10.9.9.0/24", "2001:db8::/64"], found[3].Subnets.Select(subnet => subnet.ToString()));
        Assert.Equal(["10.1.2.3", "10.9.9.9", "2001:db8::1"], found[3].Addresses.Select(address => address.ToString()));
        Assert.Equal(["10.special", "V6"], found[3].AclsIn);
    }

    [Theory]
    [InlineData("interface Ethernet1/1\n  ip address 10.0.0.1/24\n  ip access-group A in\n", "Ethernet1/1", "10.0.0.0/24", "A")] // NX-OS, EOS, FRR
    [InlineData("interface GigabitEthernet0/0/0/1.100 l2transport\n ipv4 address 10.0.0.1 255.255.255.0\n ipv4 access-group A ingress\n!\n", "GigabitEthernet0/0/0/1.100", "10.0.0.0/24", "A")] // IOS-XR
    [InlineData("interface TenGigabitEthernet 0/1\n ip address 10.0.0.1/24\n ip access-group A in vlan 7\n", "TenGigabitEthernet0/1", "10.0.0.0/24", "A")] // FTOS
    [InlineData("interface ethernet 1/1/1\n port-name up\n ip address 10.0.0.1 255.255.255.0\n ip access-group A in\n!\n", "ethernet1/1/1", "10.0.0.0/24", "A")] // FastIron
    [InlineData("interface GigabitEthernet0/1\n nameif outside\n security-level 0\n ip address 10.0.0.1 255.255.255.0 standby 10.0.0.2\n!\naccess-group A in interface outside\n", "GigabitEthernet0/1", "10.0.0.0/24", "A")] // ASA
    public void differ_in_words_and_not_in_shape(string text, string name, string subnet, string acl)
    {
        var only = Assert.Single(Read(InterfaceForm.Ios, text.Replace("\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal((name, subnet, acl), (only.Name, only.Subnets.Single().ToString(), only.AclsIn.Single()));
    }

    [Theory]
    [InlineData("255.0.255.0")]
    [InlineData("0.0.0.255")]
    [InlineData("300.0.0.0")]
    public void have_no_network_by_a_mask_that_is_none(string mask) =>
        Assert.True(Assert.Single(Read(InterfaceForm.Ios, $"interface a\n ip address 10.0.0.1 {mask}\n")).IsUnnumbered);

    [Theory]
    [InlineData("xmlns=\"http://xml.juniper.net/xnm/1.1/xnm\"")]
    [InlineData("")]
    public void of_Junos_are_read_whatever_the_namespace(string space)
    {
        var found = Read(InterfaceForm.Junos, $$"""
            <rpc-reply xmlns:junos="http://xml.juniper.net/junos/18.4R1/junos"><configuration {{space}}><interfaces>
              <interface><name>fe-1/2/1</name><description>up</description>
                <unit><name>0</name><family><inet><filter><input>OLD</input><output><filter-name>NEW</filter-name></output></filter>
                  <address><name>10.10.20.38/24</name></address><address><name>10.10.21.38/25</name><primary/></address></inet></family></unit>
                <unit><name>7</name><description>own</description><disable/><family><inet6><address><name>2001:db8::1/64</name></address>
                  <filter><input-list>A</input-list><input-list>B</input-list><output-list>C</output-list></filter></inet6></family></unit></interface>
              <interface inactive="inactive"><name>ge-0/0/0</name></interface>
            </interfaces></configuration><cli><banner>{master}</banner></cli></rpc-reply>
            {master}
            """);

        Assert.Equal(["fe-1/2/1.0", "fe-1/2/1.7", "ge-0/0/0"], found.Select(info => info.Name));
        Assert.Equal(["10.10.20.0/24", "10.10.21.0/25"], found[0].Subnets.Select(subnet => subnet.ToString()));
        Assert.Equal(("OLD", "NEW", "up", false), (found[0].AclsIn.Single(), found[0].AclsOut.Single(), found[0].Description, found[0].IsDisabled));
        Assert.Equal(("A B", "C", "own", true), (string.Join(' ', found[1].AclsIn), found[1].AclsOut.Single(), found[1].Description, found[1].IsDisabled));
        Assert.True(found[2] is { IsUnnumbered: true, IsDisabled: true });
    }

    [Theory]
    [InlineData("unknown command.")]
    [InlineData("<a><b></a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    public void of_Junos_are_refused_when_there_is_no_XML_that_can_be_read(string text) =>
        Assert.Throws<FormatException>(() => Read(InterfaceForm.Junos, text));

    [Fact]
    public void are_known_of_every_vendor_that_Trigger_asked()
    {
        var catalog = PlatformCatalog.Load();

        foreach (var id in new[] { "cisco_ios", "cisco_xe", "cisco_xr", "cisco_nxos", "cisco_asa", "arista_eos", "dell_force10", "brocade_fastiron", "brocade_nos", "juniper_junos", "frr", "linux", "huawei_vrp", "hp_comware" })
        {
            var commands = NetAclInfo.CommandsFor(catalog.Get(id));
            Assert.NotEmpty(commands);
            Assert.All(commands, command => Assert.True(catalog.Get(id).MayRepeat(command), $"{id}: {command}"));
        }

        Assert.Empty(NetAclInfo.CommandsFor(catalog.Get("openbsd")));
    }

    [Fact]
    public void survive_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var lines = Ios.Split('\n');
        for (var round = 0; round < 500; round++)
        {
            var text = string.Join('\n', Enumerable.Range(0, random.Next(20)).Select(_ => lines[random.Next(lines.Length)]).Select(line => line[..random.Next(line.Length + 1)] + (random.Next(5) == 0 ? "/" + random.Next(200) : "")));
            var found = Record.Exception(() => Read(InterfaceForm.Ios, text));
            Assert.True(found is null, $"seed {seed}, round {round}: {found}\n{text}");
            Assert.True(Record.Exception(() => Read(InterfaceForm.Junos, "<" + text)) is null or FormatException, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void of_Linux_are_what_iproute2_tells()
    {
        const string Told = """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\    alias kernel alias
            2: d0@if7: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc pfifo_fast state DOWN mode DEFAULT group default qlen 1000\    link/ether ba:0a:c2:1a:3f:0d brd ff:ff:ff:ff:ff:ff
            3: tun0: <POINTOPOINT,NOARP> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 500\    link/none
            1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
            2: d0    inet 10.9.1.1/24 brd 10.9.1.255 scope global d0\       valid_lft forever preferred_lft forever
            2: d0    inet6 2001:db8::1/64 scope global \       valid_lft forever preferred_lft forever
            3: tun0    inet 192.0.2.1 peer 192.0.2.2/32 scope global tun0\       valid_lft forever preferred_lft forever
            """;
        var found = Read(InterfaceForm.Linux, Told);

        Assert.Equal(["lo: 127.0.0.0/8 False kernel alias", "d0: 10.9.1.0/24,2001:db8::/64 False ", "tun0: 192.0.2.1/32 True "], found.Select(Line));
    }

    [Fact]
    public void of_FRR_are_the_paragraphs_of_show_interface()
    {
        // As zebra 8.4.4 wrote it.
        const string Told = """
            Interface d0 is up, line protocol is down
              Link ups:       1    last: 2026/11/21 23:38:10.63
              vrf: default
              Description: to core, "x"
              index 2 metric 0 mtu 1500 speed 10000 
              HWaddr: ba:0a:c2:1a:3f:0d
              inet 10.9.1.1/24
              inet6 2001:db8::1/64
              protodown: off 
            Interface d1 is down
              vrf: default
              pseudo interface
            Interface lo is up, line protocol is up
              OS Description: kernel alias
              inet 10.9.0.1/24
            z1#
              inet 192.0.2.1/24
            """;
        var found = Read(InterfaceForm.Frr, Told);

        Assert.Equal(["d0: 10.9.1.0/24,2001:db8::/64 False to core, \"x\"", "d1:  True ", "lo: 10.9.0.0/24 False kernel alias"], found.Select(Line));
    }

    [Fact]
    public void of_Huawei_and_Comware_have_their_own_words_for_filters()
    {
        var found = Read(InterfaceForm.Ios, "#\ninterface GigabitEthernet0/0/1\n description \"to \"x\"\n ip address 10.0.0.1 255.255.255.0\n undo shutdown\n traffic-filter inbound acl 3000\n traffic-filter outbound acl name V\n#\ninterface Vlan-interface2\n shutdown\n packet-filter 3001 inbound\n packet-filter name W outbound\n#\nreturn\n");

        Assert.Equal(["3000 V False", "3001 W True"], found.Select(info => $"{info.AclsIn.Single()} {info.AclsOut.Single()} {info.IsDisabled}"));
        Assert.Equal("to \"x", found[0].Description);
    }

    [Fact]
    public void of_a_running_system_may_be_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var pieces = new[] { "1: ", "d0", ": <", "UP,", "> ", "inet ", "10.0.0.1/", "33", " peer ", "\\    alias ", "\n", "Interface ", " is up", "  Description: ", "  ", "OS Description: ", "\\", "@" };
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var form in new[] { InterfaceForm.Linux, InterfaceForm.Frr })
            {
                var failure = Record.Exception(() => Read(form, text));
                Assert.True(failure is null, $"seed {seed}, round {round}, {form}: {failure}\n{text}");
            }
        }
    }

    private static string Line(InterfaceInfo info) => $"{info.Name}: {string.Join(',', info.Subnets)} {info.IsDisabled} {info.Description}";

    private static IReadOnlyList<InterfaceInfo> Read(InterfaceForm form, string text) => NetAclInfo.Read(new InterfaceSource(["show"], form), [text]);
}
