using Trigger.Devices.Inventory;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Devices;

public sealed class A_followed_inventory : IDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder folder = new();
    private readonly FakeClock clock = new();
    private readonly List<InventoryReload> reloads = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void is_read_again_once_it_has_been_left_alone()
    {
        using var source = Follow("core1,cisco\n");
        var held = source.Current;
        folder.Write("netdevices.csv", "core1,cisco\ncore2,cisco\n");

        source.Changed();
        clock.Advance(Debounce - TimeSpan.FromMilliseconds(1));
        source.Changed();
        clock.Advance(Debounce - TimeSpan.FromMilliseconds(1));
        Assert.Empty(reloads);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Assert.Single(reloads).Taken);
        Assert.NotNull(source.Current.Find("core2"));
        Assert.Null(held.Find("core2"));
    }

    [Fact]
    public void that_has_mistakes_does_not_replace_a_good_one()
    {
        using var source = Follow("core1,cisco\n");
        folder.Write("netdevices.csv", "core1,cisco\ncore2,nobody-knows\n");

        var reload = source.Reload();

        Assert.False(reload.Taken);
        Assert.Contains("netdevices.csv:2", Assert.Single(reload.Mistakes), StringComparison.Ordinal);
        Assert.NotNull(source.Current.Find("core1"));
        Assert.Same(reload.Devices, source.Current);
    }

    [Fact]
    public async Task notices_that_its_file_was_replaced()
    {
        var changed = new TaskCompletionSource<InventoryReload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var file = folder.Write("netdevices.csv", "core1,cisco\n");
        using var source = new NetDevicesSource(Load, Load().Devices, [file], reload => changed.TrySetResult(reload), TimeProvider.System, TimeSpan.FromMilliseconds(20));

        var other = folder.Write("netdevices.new", "core9,cisco\n");
        File.Move(other, file, overwrite: true);

        Assert.True((await changed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Taken);
        Assert.NotNull(source.Current.Find("core9"));
    }

    private NetDevicesSource Follow(string text)
    {
        folder.Write("netdevices.csv", text);

        // Nothing is watched: what the operating system would say, the tests say.
        return new NetDevicesSource(Load, Load().Devices, [], reloads.Add, clock, Debounce);
    }

    private InventoryLoad Load() => NetDevices.Load([Path.Combine(folder.Path, "netdevices.csv")], Platforms.BuiltIn);
}
