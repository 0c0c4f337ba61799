using System.Text.RegularExpressions;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Node.Api;
using Trigger.Node.Security;
using Trigger.Storage;

namespace Trigger.Node.Accounts;

/// <summary>
/// The accounts that the cluster has for its devices: set through any node, encrypted in the database with a key that only nodes have, and known to every node at once, or after
/// <see cref="LookEvery"/> at the latest. They are told to nobody.
/// </summary>
public sealed partial class ClusterAccounts : IAsyncDisposable
{
    /// <summary>How often the database is asked whether something has changed, should nobody have said so.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private const int LongestSecret = 4096;
    private const int MostAccounts = 1000;

    private readonly CredentialTable table;
    private readonly Grounds grounds;
    private readonly SemaphoreSlim look = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock reading = new();
    private readonly List<IDisposable> old = [];
    private readonly Task following;
    private int disposed;
    private volatile Known known = new(-1, [], []);

    internal ClusterAccounts(Grounds grounds, Database database)
    {
        this.grounds = grounds;
        table = new CredentialTable(database);
        Read();
        following = Task.Run(Follow);
    }

    /// <summary>What accounts stand on.</summary>
    /// <param name="Changed">Tells the other nodes.</param>
    /// <param name="Warn">Hears of accounts that cannot be used here.</param>
    internal sealed record Grounds(CredentialKeys Keys, Audit Audit, TimeProvider Time, Func<string, IReadOnlyList<string>> MistakesOf, Action Changed, Action<string> Warn);

    /// <summary>What this node knows: the accounts that it can open, in the order in which they are tried. Another object after every change.</summary>
    internal Known Current => known;

    /// <summary>In the order in which they are tried; without what is secret.</summary>
    public IReadOnlyList<AccountRecord> All()
    {
        Read();
        return known.Records;
    }

    /// <summary>Puts an account on record, for all nodes.</summary>
    /// <exception cref="OrderRefusedException">Something is wrong with it; every mistake is named.</exception>
    public async Task<AccountRecord> Set(string realm, AccountOrder order, Caller by)
    {
        ArgumentNullException.ThrowIfNull(order);
        var on = order.On is { Length: > 0 } named ? named : "all";
        if (Mistakes(realm, on, order).ToList() is { Count: > 0 } mistakes)
            throw new OrderRefusedException(mistakes);

        await grounds.Audit.Record(by, "credential-set", realm, $"user {order.User} on {on}{(order.Enable is null ? "" : ", with an enable password of its own")}").ConfigureAwait(false);
        // Its own copy of nothing: the entry uses the order's secrets only until they are encrypted.
        var (key, secret) = grounds.Keys.Seal(new StoredCredential(realm, on, order.User!, order.Password!, order.Enable));
        var row = new CredentialRow(realm, on, order.User!, order.Enable is not null, key, secret, grounds.Time.GetUtcNow(), by.Name);
        table.Set(row, order.First);
        Spread();
        return Told(row, usable: true);
    }

    /// <returns>False when there is none of that realm.</returns>
    public async Task<bool> Remove(string realm, Caller by)
    {
        await grounds.Audit.Record(by, "credential-removed", realm).ConfigureAwait(false);
        var removed = table.Remove(realm);
        Spread();
        return removed;
    }

    /// <summary>Encrypts everything with the first key that is not; then the other keys can be taken from the nodes.</summary>
    /// <returns>How many were encrypted anew, and the realms that this node cannot open.</returns>
    public async Task<(int Done, IReadOnlyList<string> Left)> Rekey(Caller by)
    {
        if (grounds.Keys.FirstId is not { } first)
            throw new OrderRefusedException([NoKey]);

        await grounds.Audit.Record(by, "credentials-rekeyed", first).ConfigureAwait(false);
        var (done, left) = (0, new List<string>());
        foreach (var row in table.All().Rows.Where(row => row.KeyId != first))
        {
            try
            {
                using var entry = grounds.Keys.Open(row.Realm, row.On, row.UserName, row.KeyId, row.Secret);
                var (key, secret) = grounds.Keys.Seal(entry);
                if (table.Rekey(row, key, secret))
                    done++;
            }
            catch (CredentialStoreException)
            {
                left.Add(row.Realm);
            }
        }

        Spread();
        return (done, left);
    }

    /// <summary>Somebody says that something has changed.</summary>
    internal void Look() => look.Release();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;

        await stopping.CancelAsync().ConfigureAwait(false);
        await following.ConfigureAwait(false);
        foreach (var entry in known.Entries.Concat(old))
            entry.Dispose();
        stopping.Dispose();
        look.Dispose();
    }

    private static OrderMistake NoKey => new("node.credential-keys", "This node has no key to encrypt credentials with. Give all nodes one: (umask 077; head -c 32 /dev/urandom > FILE), and name it there.");

    private IEnumerable<OrderMistake> Mistakes(string realm, string on, AccountOrder order)
    {
        if (!RealmName().IsMatch(realm))
            yield return new OrderMistake("realm", "It is 1 to 64 letters, digits, '-', '_' and '.'.");
        foreach (var mistake in grounds.MistakesOf(on))
            yield return new OrderMistake("on", mistake);
        if (order.User is not { Length: > 0 and <= 256 } user || user.Any(char.IsControl))
            yield return new OrderMistake("user", "It is the user name on the devices, in 1 to 256 characters.");
        if (Bad(order.Password))
            yield return new OrderMistake("password", $"It is 1 to {LongestSecret} bytes, without control characters.");
        if (order.Enable is { } enable && Bad(enable))
            yield return new OrderMistake("enable", $"It is 1 to {LongestSecret} bytes, without control characters.");
        if (!grounds.Keys.Any)
            yield return NoKey;
        if (known.Records.Count >= MostAccounts && known.Records.All(other => other.Realm != realm))
            yield return new OrderMistake("realm", $"There are {MostAccounts} accounts, and there may be no more.");
    }

    // A line end in a password would be typed as one.
    private static bool Bad(Secret? secret) => secret is null || secret.IsEmpty || secret.Utf8.Length > LongestSecret || secret.Utf8.ContainsAnyInRange((byte)0, (byte)31);

    private void Spread()
    {
        Read();
        grounds.Changed();
    }

    private async Task Follow()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await look.WaitAsync(LookEvery, stopping.Token).ConfigureAwait(false);
                if (await table.Version(stopping.Token).ConfigureAwait(false) != known.Version)
                    Read();
            }
            catch (StorageException)
            {
                // What is known counts until the database is back.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Read()
    {
        lock (reading)
        {
            var (version, rows) = table.All();
            if (version == known.Version)
                return;

            var (entries, records) = (new List<StoredCredential>(), new List<AccountRecord>());
            foreach (var row in rows)
            {
                try
                {
                    entries.Add(grounds.Keys.Open(row.Realm, row.On, row.UserName, row.KeyId, row.Secret));
                    records.Add(Told(row, usable: true));
                }
                catch (CredentialStoreException unusable)
                {
                    grounds.Warn(unusable.Message);
                    records.Add(Told(row, usable: false));
                }
            }

            // Sessions may still log in with those of before.
            old.AddRange(known.Entries);
            known = new Known(version, entries, records);
        }
    }

    private static AccountRecord Told(CredentialRow row, bool usable) => new(row.Realm, row.On, row.UserName, row.OwnEnable, usable, row.At, row.By);

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex RealmName();

    internal sealed record Known(long Version, IReadOnlyList<StoredCredential> Entries, IReadOnlyList<AccountRecord> Records);
}
