using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;

namespace Trigger.Node.Clustering;

/// <summary>The credentials that fit the inventory of now; laid out anew when that has changed.</summary>
internal sealed class CredentialShelf(Func<NetDevices, CredentialBook> lay) : IDisposable
{
    private readonly Lock laying = new();
    private readonly List<CredentialBook> old = [];
    private volatile Laid? current;

    private sealed record Laid(NetDevices Devices, CredentialBook Book);

    public CredentialBook For(NetDevices devices)
    {
        if (current is { } known && ReferenceEquals(known.Devices, devices))
            return known.Book;

        lock (laying)
        {
            if (current is { } other && ReferenceEquals(other.Devices, devices))
                return other.Book;

            var laid = new Laid(devices, lay(devices));
            // Sessions may still log in with what the one before holds.
            if (current is { } before)
                old.Add(before.Book);
            current = laid;
            return laid.Book;
        }
    }

    public void Dispose()
    {
        current?.Book.Dispose();
        foreach (var book in old)
            book.Dispose();
    }
}
