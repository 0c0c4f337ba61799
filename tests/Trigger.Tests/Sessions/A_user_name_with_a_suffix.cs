using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Sessions;

public sealed class A_user_name_with_a_suffix : SessionSpec
{
    [Fact]
    public async Task is_typed_at_a_platform_that_reads_its_terminal_from_it()
    {
        var device = new ScriptedDevice().Greets("MikroTik v6\r\nLogin: ").On("bob+ct511w4098h", "bob+ct511w4098h\r\nPassword: ");
        Dial(device, "mikrotik_routeros", Protocol.Telnet, "/system clock print");
        await Grant();
        await device.HasHeard(2);

        Assert.Equal(["bob+ct511w4098h", "pw-secret"], device.Typed);
    }

    [Theory]
    [InlineData("own", true, "bob", "own")]
    [InlineData("own", false, "bob", "bob")]
    [InlineData("own", false, "", "own")]
    [InlineData(null, true, "bob", "bob")]
    public void is_the_row_s_own_where_the_password_is_or_where_nobody_is_named(string? own, bool password, string name, string shown)
    {
        var device = new NetDevice
        {
            Name = "r1", Host = "r1", Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = "cisco_ios", Protocol = Protocol.Ssh, AdminStatus = "PRODUCTION",
            Fields = new Dictionary<string, string?> { ["username"] = own }.ToFrozenDictionary(), Source = "test:1", LoginPassword = password ? new Secret("pw") : null,
        };

        Assert.Equal(shown, new Credentials(name).ForLine(device, Platforms.BuiltIn.Get("cisco_ios")).UserName);
    }

    [Theory]
    [InlineData("mikrotik_routeros", "bob", "bob+ct511w4098h")]
    [InlineData("mikrotik_routeros", "bob+ct511w4098h", "bob+ct511w4098h")]
    [InlineData("cisco_ios", "bob", "bob")]
    public void is_what_SSH_authenticates(string platform, string name, string shown)
    {
        var device = new NetDevice
        {
            Name = "r1", Host = "r1", Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = platform, Protocol = Protocol.Ssh, AdminStatus = "PRODUCTION",
            Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        };

        Assert.Equal(shown, new Credentials(name).ForLine(device, Platforms.BuiltIn.Get(platform)).UserName);
        Assert.Equal(name, new Credentials(name).ForLine(device).UserName);
    }
}
