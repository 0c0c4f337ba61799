using System.Net;
using Trigger.Devices.Settings;
using Trigger.Node;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Node;

public sealed class Settings_of_a_node : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void that_are_wrong_are_told_whatever_address_it_is_told_to_listen_at()
    {
        var settings = Settings("node { listen = nowhere, approval-for = [boss] }, retention { age = 1m, size = much }");
        var (own, told) = (new List<string>(), new List<string>());

        NodeSettings.Read(settings, folder.Path, own);
        var options = NodeSettings.Read(settings, folder.Path, told, "127.0.0.1:7");

        string[] wrong =
        [
            "retention.age is '1m'; it must be an age such as 36h, 90d or 12w.", "retention.size is 'much'; it must be a size such as 500MB or 10GB.",
            "node.approval-for names 'boss'; it must be operator or admin; a viewer runs nothing.",
        ];
        Assert.Equal(wrong, told);
        Assert.Equal([.. wrong, "node.listen is 'nowhere'; it must be an address and a port, such as 127.0.0.1:9110 or 0.0.0.0:9110."], own);
        Assert.Equal(own.Order(), NodeSettings.Check(settings).Order());
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:7"), options.Api!.Listen);
    }

    [Fact]
    public void that_are_right_are_taken()
    {
        var settings = Settings("node { listen = 127.0.0.1 }, retention { age = 36h, size = 2GB, interval = 10s }");
        var mistakes = new List<string>();

        var options = NodeSettings.Read(settings, folder.Path, mistakes);

        Assert.Empty(mistakes);
        Assert.Empty(NodeSettings.Check(settings));
        Assert.Equal((TimeSpan.FromHours(36), 2_000_000_000L, TimeSpan.FromSeconds(10)), (options.Retention.Age, options.Retention.Size, options.Retention.Interval));
        Assert.NotEqual(0, options.Api!.Listen.Port);
    }

    private TriggerSettings Settings(string text) => TriggerSettings.Load([folder.Write("trigger.conf", $"trigger {{ {text} }}\n")], new Dictionary<string, string>(), folder.Path);
}
