using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Node.Accounts;

namespace Trigger.Node.Clustering;

/// <summary>
/// The credentials that fit the inventory of now; laid out anew when that, or the cluster's accounts, have changed. The cluster's accounts are tried first, in their order, then what this node
/// was given: so every node tries the same in the same order.
/// </summary>
/// <param name="lay">What this node was given.</param>
internal sealed class CredentialShelf(Func<NetDevices, CredentialBook> lay, Func<ClusterAccounts.Known> accounts, SelectionContext selections) : IDisposable
{
    private readonly Lock laying = new();
    private readonly List<CredentialBook> old = [];
    private volatile Laid? current;

    private sealed record Laid(NetDevices Devices, CredentialBook Own, ClusterAccounts.Known Accounts, CredentialBook Book);

    public CredentialBook For(NetDevices devices)
    {
        if (current is { } known && Fits(known, devices))
            return known.Book;

        lock (laying)
        {
            if (current is { } other && Fits(other, devices))
                return other.Book;

            var own = current is { } same && ReferenceEquals(same.Devices, devices) ? same.Own : null;
            // Sessions may still log in with what the one before holds.
            if (own is null && current is { } before)
                old.Add(before.Own);
            own ??= lay(devices);
            var shared = accounts();
            current = new Laid(devices, own, shared, Together(devices, shared.Entries, own));
            return current.Book;
        }
    }

    public void Dispose()
    {
        current?.Own.Dispose();
        foreach (var book in old)
            book.Dispose();
    }

    private bool Fits(Laid laid, NetDevices devices) => ReferenceEquals(laid.Devices, devices) && ReferenceEquals(laid.Accounts, accounts());

    private CredentialBook Together(NetDevices devices, IReadOnlyList<StoredCredential> entries, CredentialBook own)
    {
        if (entries.Count == 0)
            return own;

        var byDevice = new Dictionary<string, List<Credentials>>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var account = new Credentials(entry.UserName, entry.Password, entry.EnablePassword ?? entry.Password);
            foreach (var device in Selection.Choose($"({entry.On}) adminStatus=*", devices, selections).Devices)
            {
                if (!byDevice.TryGetValue(device.Name, out var fitting))
                    byDevice.Add(device.Name, fitting = []);
                fitting.Add(account);
            }
        }

        return new CredentialBook([], device => byDevice.TryGetValue(device.Name, out var fitting) ? [.. fitting, .. own.For(device)] : own.For(device));
    }
}
