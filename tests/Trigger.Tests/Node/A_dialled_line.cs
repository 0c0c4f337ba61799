using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Tests.Devices;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Node;

public sealed class A_dialled_line
{
    private static readonly Platform Modern = Platforms.BuiltIn.Get("cisco_ios") with { LegacySsh = false };

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(false, "modern", false)]
    [InlineData(true, null, true)]
    [InlineData(false, "legacy", true)]
    [InlineData(false, "LEGACY", true)]
    public void uses_legacy_algorithms_only_when_the_platform_or_the_row_asks_for_them(bool platform, string? row, bool legacy)
    {
        var call = LineDialer.SshCall(Device(row is null ? [] : new() { ["sshAlgorithms"] = row }), Modern with { LegacySsh = platform });

        Assert.Same(legacy ? SshAlgorithms.Legacy : SshAlgorithms.Modern, call.Algorithms);
    }

    [Fact]
    public void goes_to_the_protocols_own_port_unless_the_row_names_one()
    {
        Assert.Equal(("10.0.0.1", 22), Of(LineDialer.SshCall(Device([]), Modern)));
        Assert.Equal(("10.0.0.1", 2222), Of(LineDialer.SshCall(Device([], port: 2222), Modern)));
        Assert.Equal(23, LineDialer.TelnetCall(Device([]), Modern).Port);
        Assert.Equal(2323, LineDialer.TelnetCall(Device([], port: 2323), Modern).Port);
    }

    [Fact]
    public void has_the_platforms_limits_and_the_rows_host_key()
    {
        var call = LineDialer.SshCall(Device([]), Modern);

        Assert.Equal(
            (Modern.Limits.Dial, Modern.Limits.Handshake, Modern.Limits.Login, Modern.Limits.Login),
            (call.Limits.Connect, call.Limits.Handshake, call.Limits.Authenticate, call.Limits.OpenShell));
        Assert.Equal("SHA256:abc", call.PinnedHostKey);
        Assert.Equal(Modern.Terminal, call.Terminal);
    }

    private static (string, int) Of(SshDial call) => (call.Host, call.Port);

    private static NetDevice Device(Dictionary<string, string?> fields, int? port = null) => new()
    {
        Name = "r1", Host = "10.0.0.1", Port = port, Vendor = "cisco", Manufacturer = "CISCO", DeviceType = "ROUTER", Platform = "cisco_ios", Protocol = Protocol.Ssh,
        PinnedHostKey = "SHA256:abc", AdminStatus = "PRODUCTION", Fields = fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), Source = "test:1",
    };
}
