using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Trigger.Sessions;
using Trigger.Storage;
using Trigger.Wire.Ssh;

namespace Trigger.Node.HostKeys;

/// <summary>
/// The cluster's one store of host keys, as the SSH lines of a node ask it. Every dial asks the database itself, so what was approved or rejected counts for the next dial of every node; only the
/// types of keys, which decide what a host is asked for first, are a copy, and a verdict that an old copy may have spoilt is not given.
/// </summary>
internal sealed class ClusterHostKeys : IHostKeyStore, IDisposable
{
    private const string Place = DeviceFault.HostKeyChanged.OfCluster;

    // Who stands in between could show a new key at every dial.
    private const int MostWaiting = 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HostKeyTable table;
    private readonly KnownHosts files;
    private readonly string node;
    private readonly TimeProvider time;
    private readonly Action<HostKeyAlarm> alarm;
    private readonly ITimer look;
    private volatile Copy copy;
    private int looking;

    /// <param name="files">Asked about hosts that the cluster does not know; never written.</param>
    /// <param name="alarm">Hears of every key that begins to wait for approval. On any thread.</param>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public ClusterHostKeys(HostKeyTable table, KnownHosts files, string node, TimeProvider time, Action<HostKeyAlarm> alarm)
    {
        this.table = table;
        this.files = files;
        this.node = node;
        this.time = time;
        this.alarm = alarm;
        copy = CopyOf(0);
        look = time.CreateTimer(_ => _ = Look(), null, LookEvery, LookEvery);
    }

    private sealed record Copy(long Version, FrozenDictionary<string, string[]> Types, int Waiting);

    /// <summary>How many keys wait in the whole cluster, as last looked.</summary>
    public int Waiting => copy.Waiting;

    public static HostKeyRecord Told(HostKeyRow row) => new(row.Id, row.Host, row.Type, row.Fingerprint, row.State, row.SeenAt, row.SeenBy, row.DecidedAt, row.DecidedBy, row.Key);

    /// <summary>The same for the same key of the same host.</summary>
    public static string IdOf(string name, HostKey key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{key.Base64}")).AsSpan(0, 6));

    public IReadOnlyList<string> TypesOf(string host, int port) => copy.Types.TryGetValue(KnownHostsText.NameOf(host, port), out var types) ? types : files.TypesOf(host, port);

    public async ValueTask<HostKeyVerdict> Judge(string host, int port, HostKey key)
    {
        try
        {
            return Verdict(await table.Of(KnownHostsText.NameOf(host, port), Patience).ConfigureAwait(false), host, port, key);
        }
        catch (StorageException failure)
        {
            return new HostKeyVerdict.Unavailable($"{Place} cannot be read: {failure.Message}");
        }
    }

    public async ValueTask<HostKeyVerdict> Meet(string host, int port, HostKey key, bool accept)
    {
        var asked = copy;
        var name = KnownHostsText.NameOf(host, port);
        try
        {
            var rows = await table.Of(name, Patience).ConfigureAwait(false);
            var verdict = Verdict(rows, host, port, key);
            if (rows.Count == 0 && (verdict is HostKeyVerdict.Known || (verdict is HostKeyVerdict.Unknown && accept)))
            {
                var by = verdict is HostKeyVerdict.Known { Where: var where } ? $"{node} ({where})" : node;
                await table.Meet(Row(name, key, HostKeyRow.Trusted, by), Patience).ConfigureAwait(false);

                // Another node may have been first, with another key.
                rows = await table.Of(name, Patience).ConfigureAwait(false);
                verdict = Verdict(rows, host, port, key);
            }

            if (verdict is not (HostKeyVerdict.Changed or HostKeyVerdict.Unknown))
                return verdict;

            // The host was asked for another type of key first than is on record: it may have that one, too.
            if (rows.Where(row => row.State == HostKeyRow.Trusted).Select(row => row.Type).ToArray() is { Length: > 0 } types && !types.Contains(key.Type)
                && !types.All(type => asked.Types.GetValueOrDefault(name)?.Contains(type) == true))
            {
                await Look().ConfigureAwait(false);
                return new HostKeyVerdict.Unavailable($"what key {host} must show was only just put on record; the next dial asks for it");
            }

            var shown = Row(name, key, HostKeyRow.Waiting, node);
            if (await table.Wait(shown, MostWaiting, Patience).ConfigureAwait(false))
                alarm(new HostKeyAlarm(Told(shown), (verdict as HostKeyVerdict.Changed)?.KnownFingerprint));
            return verdict;
        }
        catch (StorageException failure)
        {
            return new HostKeyVerdict.Unavailable($"{Place} cannot be asked: {failure.Message}");
        }
    }

    public void Dispose() => look.Dispose();

    private HostKeyVerdict Verdict(List<HostKeyRow> rows, string host, int port, HostKey key)
    {
        var own = rows.Find(row => row.Key == key.Base64);
        if (own is { State: HostKeyRow.Rejected })
            return new HostKeyVerdict.Revoked($"rejected by {own.DecidedBy}");

        var byFiles = files.Judge(host, port, key);
        if (byFiles is HostKeyVerdict.Revoked)
            return byFiles;

        if (own is { State: HostKeyRow.Trusted })
            return new HostKeyVerdict.Known(Place);

        // The record of the same type tells more than one of another type.
        var trusted = rows.FindAll(row => row.State == HostKeyRow.Trusted);
        return (trusted.Find(row => row.Type == key.Type) ?? trusted.FirstOrDefault()) is { } other ? new HostKeyVerdict.Changed(other.Fingerprint, Place)
            : rows.Count > 0 ? new HostKeyVerdict.Unknown() // Its keys were rejected, or wait: a person has the say, not a file.
            : byFiles;
    }

    private HostKeyRow Row(string name, HostKey key, string state, string by) => new(IdOf(name, key), name, key.Type, key.Base64, key.Fingerprint, state, time.GetUtcNow(), by);

    private Copy CopyOf(long version)
    {
        var rows = table.All();
        return new Copy(
            version, rows.Where(row => row.State == HostKeyRow.Trusted).GroupBy(row => row.Host, StringComparer.Ordinal).ToFrozenDictionary(host => host.Key, host => host.Select(row => row.Type).Distinct().ToArray()),
            rows.Count(row => row.State == HostKeyRow.Waiting));
    }

    private async Task Look()
    {
        if (Interlocked.Exchange(ref looking, 1) != 0)
            return;

        try
        {
            var version = await table.Version(Patience).ConfigureAwait(false);
            if (version != copy.Version)
                copy = CopyOf(version);
        }
        catch (StorageException)
        {
            // The next look will do; every verdict asks the database itself.
        }
        catch (ObjectDisposedException)
        {
            // The node ends.
        }
        finally
        {
            Interlocked.Exchange(ref looking, 0);
        }
    }
}
