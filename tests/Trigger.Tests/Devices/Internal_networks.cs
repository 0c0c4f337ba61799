using System.Net;
using Trigger.Devices.Inventory;

namespace Trigger.Tests.Devices;

public sealed class Internal_networks
{
    [Theory]
    [InlineData("10.255.255.255", true)]
    [InlineData("11.0.0.0", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.16.0.0", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("::ffff:192.168.1.1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fd00::1", true)]
    public void are_the_private_ones_unless_somebody_says_otherwise(string address, bool internally) =>
        Assert.Equal(internally, InternalNetworks.Usual.Contains(IPAddress.Parse(address)));

    [Fact]
    public void may_be_single_addresses_and_must_be_networks()
    {
        var mistakes = new List<string>();
        var networks = InternalNetworks.Read(["192.0.2.7", "2001:db8::/32", "10.0.0.0/33", "office"], mistakes);

        Assert.Equal((true, false, true), (networks.Contains(IPAddress.Parse("192.0.2.7")), networks.Contains(IPAddress.Parse("192.0.2.8")), networks.Contains(IPAddress.Parse("2001:db8::9"))));
        Assert.Equal(["trigger.internal-networks: '10.0.0.0/33' is no network; write it as 10.0.0.0/8.", "trigger.internal-networks: 'office' is no network; write it as 10.0.0.0/8."], mistakes);
    }
}
