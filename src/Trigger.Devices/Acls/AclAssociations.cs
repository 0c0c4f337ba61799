using System.Collections.Frozen;
using Trigger.Devices.Inventory;

namespace Trigger.Devices.Acls;

/// <summary>Which ACLs are on which devices: those put there by name, and those that the site's policy gives. Immutable; names of ACLs are compared letter by letter.</summary>
public sealed class AclAssociations
{
    /// <summary>How many devices make an ACL one of many: Trigger's <c>AUTOLOAD_BULK_THRESH</c>.</summary>
    public const int UsualBulkThreshold = 10;

    private readonly FrozenDictionary<string, DeviceAcls> byDevice;
    private readonly Lazy<FrozenDictionary<string, IReadOnlyList<NetDevice>>> byAcl;

    /// <param name="named">Device and ACL; devices that the inventory does not have are passed over.</param>
    public AclAssociations(NetDevices inventory, IEnumerable<(string Device, string Acl)> named, AutoAcl policy)
    {
        var put = named.ToLookup(pair => pair.Device, pair => pair.Acl, StringComparer.Ordinal);
        var found = new Dictionary<string, DeviceAcls>(StringComparer.Ordinal);
        foreach (var device in inventory.All)
        {
            string[] mine = [.. put[device.Name].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            var given = policy.For(device, mine);
            if (mine.Length + given.Count > 0)
                found.Add(device.Name, new DeviceAcls(mine, given));
        }

        byDevice = found.ToFrozenDictionary(StringComparer.Ordinal);
        byAcl = new(() => inventory.All.SelectMany(device => Of(device).All.Select(acl => (acl, device))).GroupBy(pair => pair.acl, StringComparer.Ordinal)
            .ToFrozenDictionary(same => same.Key, same => (IReadOnlyList<NetDevice>)[.. same.Select(pair => pair.device).Order(NetDevice.ByName)], StringComparer.Ordinal));
    }

    public DeviceAcls Of(NetDevice device) => byDevice.GetValueOrDefault(device.Name, DeviceAcls.None);

    /// <summary>Every ACL, with the devices that have it, sorted by name (Trigger's <c>get_all_acls</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<NetDevice>> ByAcl => byAcl.Value;

    /// <summary>The ACLs that at least so many devices have, sorted (Trigger's <c>get_bulk_acls</c>).</summary>
    public IReadOnlyList<string> Bulk(int threshold = UsualBulkThreshold) => [.. ByAcl.Where(pair => pair.Value.Count >= threshold).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Devices with ACLs that were asked for (Trigger's <c>get_matching_acls</c>): for a device that was named all that it has, else the ACLs that were named; sorted.</summary>
    /// <param name="exact">Whether the whole name must be given, or only how it begins.</param>
    /// <param name="matchAcl">Whether the words are names of ACLs.</param>
    /// <param name="matchDevice">Whether the words are names of devices.</param>
    public IReadOnlyList<(NetDevice Device, IReadOnlyList<string> Acls)> Matching(NetDevices inventory, IReadOnlyCollection<string> wanted, bool exact = true, bool matchAcl = true, bool matchDevice = false)
    {
        var found = new List<(NetDevice, IReadOnlyList<string>)>();
        foreach (var device in inventory.All.Order(NetDevice.ByName))
        {
            var all = Of(device).All;
            var hits = matchDevice && Fits(device.Name, StringComparison.OrdinalIgnoreCase) ? all : matchAcl ? [.. all.Where(acl => Fits(acl, StringComparison.Ordinal))] : [];
            if (hits.Count > 0)
                found.Add((device, hits));
        }

        return found;

        bool Fits(string name, StringComparison comparison) => wanted.Any(word => exact ? name.Equals(word, comparison) : name.StartsWith(word, comparison));
    }
}
