using Trigger.Devices;
using Trigger.Devices.Acls;
using Trigger.Node;

namespace Trigger.Cli.Device;

/// <summary>Puts ACLs on devices or takes them off, and says of each what came of it, in Trigger's words.</summary>
internal static class AclChange
{
    /// <param name="policy">Asked where an ACL is not there by name: it may be there by policy. Null when it cannot be told.</param>
    public static int Make(string state, bool adds, IReadOnlyList<NetDevice> devices, IReadOnlyList<string> acls, Func<AclAssociations?> policy)
    {
        var pairs = devices.SelectMany(device => acls.Distinct().Select(acl => (Device: device.Name, Acl: acl))).ToList();
        using var records = AclRecords.Open(state);
        var changed = (adds ? records.Add(pairs, Environment.UserName) : records.Remove(pairs)).ToHashSet();
        var given = !adds && changed.Count < pairs.Count ? policy() : null;
        foreach (var pair in pairs)
        {
            var (device, acl) = pair;
            if (changed.Contains(pair))
                Console.WriteLine(adds ? $"added acl {acl} to {device}" : $"removed acl {acl} from {device}");
            else if (adds)
                Console.Error.WriteLine($"trigger: {device} already has acl {acl}");
            else if (given?.Of(devices.First(known => known.Name == device)).Implicit.Contains(acl) == true)
                Console.Error.WriteLine($"trigger: {device}: this ACL is associated via the site's policy (autoacl): {acl}");
            else
                Console.Error.WriteLine($"trigger: {device} does not have acl {acl}");
        }

        return changed.Count == pairs.Count ? ExitCode.AllWell : ExitCode.SomeFailed;
    }
}
