using System.Text;
using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_large_configuration
{
    [Fact]
    public void costs_memory_in_proportion_to_its_length()
    {
        // Bytes rather than seconds: a busy machine does not change them, and quadratic work allocates quadratically.
        var (small, large) = (Cost(1_000), Cost(10_000));
        Assert.InRange(large, 0, 12 * small);
    }

    [Fact]
    public void of_ten_megabytes_is_read_whole()
    {
        var text = Devices(10_000_000 / 110);
        var config = Config.Parse(text, "big.conf");
        Assert.Equal(10_000_000 / 110, config.GetConfig("device").Keys.Count);
        Assert.Equal(TimeSpan.FromSeconds(15), config.GetDuration("device.core-9999.limits.dial"));
    }

    private static long Cost(int devices)
    {
        var text = Devices(devices);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Config.Parse(text, "big.conf").Check();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Devices(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append($"device.core-{i} {{ name = \"core-{i}.ams\", address = 10.0.{i % 256}.1, tags = [edge, \"site {i % 40}\"], limits {{ dial = 15s }} }}\n");
        return text.ToString();
    }
}
