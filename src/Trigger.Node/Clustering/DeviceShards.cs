using Trigger.Cluster.Leases;
using Trigger.Cluster.Sharding;
using Trigger.Devices;

namespace Trigger.Node.Clustering;

/// <summary>Which shard a device belongs to: of its site's own space where the cluster has one, else of the space of all.</summary>
/// <param name="homes">Who owns what, as last read.</param>
internal sealed class DeviceShards(Func<ShardHomes> homes, LeaseGate gate)
{
    public const string Space = "devices";

    /// <summary>The space of the devices that only nodes reach which say so.</summary>
    public static string SpaceOf(string site) => $"{Space}@{site}";

    public ShardId Of(NetDevice device)
    {
        var known = homes();
        var own = device["site"] is { Length: > 0 } site ? SpaceOf(site) : Space;
        var space = own != Space && known.Count(own) > 0 ? own : Space;
        return new ShardId(space, ShardKey.Number(device.Name, Math.Max(1, known.Count(space))));
    }

    public ShardHome? HomeOf(NetDevice device) => Of(device) is var shard && homes().Of(shard.Space, shard.Number) is { } home ? home : null;

    /// <summary>Under which epoch the device is this node's; null when it is not.</summary>
    public long? EpochOf(NetDevice device) => Of(device) is var shard ? gate.EpochOf(shard.Space, shard.Number) : null;

    public bool MayTalk(NetDevice device) => Of(device) is var shard && gate.MaySend(shard.Space, shard.Number);
}
