using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;

namespace Trigger.Cli.Accounts;

/// <summary>A store's entries, laid over an inventory.</summary>
internal static class StoredCredentials
{
    /// <summary>Which entries are for which device. An entry whose selection means no device of this inventory is for none: a store serves several inventories.</summary>
    public static CredentialBook Book(CredentialStore store, NetDevices devices)
    {
        var byDevice = new Dictionary<string, List<Credentials>>(StringComparer.Ordinal);
        var all = new List<Credentials>();
        foreach (var entry in store.Entries)
        {
            var account = new Credentials(entry.UserName, entry.Password, entry.EnablePassword ?? entry.Password);
            all.Add(account);
            foreach (var device in Selection.Choose($"{entry.On} adminStatus=*", devices).Devices)
            {
                if (!byDevice.TryGetValue(device.Name, out var fitting))
                    byDevice.Add(device.Name, fitting = []);
                fitting.Add(account);
            }
        }

        return new CredentialBook(all, device => byDevice.TryGetValue(device.Name, out var fitting) ? fitting : []);
    }
}
