using Trigger.Devices;
using Trigger.Node.Api;
using Trigger.Node.Security;
using Trigger.Storage;
using Trigger.Wire.Ssh;

namespace Trigger.Node.HostKeys;

/// <summary>What people do with the cluster's host keys. Every decision is in the audit trail before it counts, and counts for the next dial of every node.</summary>
public sealed class HostKeyDesk
{
    private readonly HostKeyTable table;
    private readonly Audit audit;
    private readonly TimeProvider time;
    private readonly Func<IEnumerable<NetDevice>> devices;

    internal HostKeyDesk(Database database, Audit audit, TimeProvider time, Func<IEnumerable<NetDevice>> devices)
    {
        table = new HostKeyTable(database);
        this.audit = audit;
        this.time = time;
        this.devices = devices;
    }

    /// <summary>All, by host.</summary>
    /// <param name="state">trusted, waiting, rejected or replaced; null for all.</param>
    /// <exception cref="OrderRefusedException">There is no such state.</exception>
    public IReadOnlyList<HostKeyRecord> All(string? state = null) => state is null or HostKeyRow.Trusted or HostKeyRow.Waiting or HostKeyRow.Rejected or HostKeyRow.Replaced
        ? [.. table.All(state).Select(ClusterHostKeys.Told)]
        : throw new OrderRefusedException([new OrderMistake("state", $"It is '{state}'; it must be trusted, waiting, rejected or replaced.")]);

    /// <summary>The keys that a word means: one by its id, or those of a host (<c>10.0.0.1</c>, <c>[10.0.0.1]:2022</c>) or of a device.</summary>
    public IReadOnlyList<HostKeyRecord> Find(string word)
    {
        var names = devices().Where(device => string.Equals(device.Name, word, StringComparison.OrdinalIgnoreCase)).Select(device => KnownHostsText.NameOf(device.Host, device.Port ?? 22)).ToHashSet(StringComparer.Ordinal);
        return [.. All().Where(key => key.Id == word || string.Equals(key.Host, word, StringComparison.OrdinalIgnoreCase) || names.Contains(key.Host))];
    }

    /// <summary>Trusts the key that waits, in the place of all others of its host.</summary>
    /// <param name="word">As <see cref="Find"/> takes it; of a host with one key that waits, that one.</param>
    /// <exception cref="OrderRefusedException">It means no key, or more than one.</exception>
    public async Task<HostKeyRecord> Approve(string word, Caller by)
    {
        var key = One(word, key => key.State == HostKeyRow.Waiting, "waits for approval");
        await audit.Record(by, "host-key-approved", key.Host, $"{key.Id} {key.Type} {key.Fingerprint}").ConfigureAwait(false);
        return Told(table.Approve(key.Id, time.GetUtcNow(), by.Name), word);
    }

    /// <summary>Trusts the key never, or no more. Sessions under way go on.</summary>
    /// <inheritdoc cref="Approve"/>
    public async Task<HostKeyRecord> Reject(string word, Caller by)
    {
        var key = One(word, key => key.State == HostKeyRow.Waiting, "waits for approval");
        await audit.Record(by, "host-key-rejected", key.Host, $"{key.Id} {key.Type} {key.Fingerprint}").ConfigureAwait(false);
        return Told(table.Reject(key.Id, time.GetUtcNow(), by.Name), word);
    }

    /// <summary>Forgets all keys of a host: the next that it shows is its first.</summary>
    /// <returns>How many were known.</returns>
    /// <exception cref="OrderRefusedException">Nothing is known of it.</exception>
    public async Task<int> Forget(string word, Caller by)
    {
        var hosts = Find(word).Select(key => key.Host).Distinct().ToList();
        if (hosts.Count == 0)
            throw None(word);

        var forgotten = 0;
        foreach (var host in hosts)
        {
            await audit.Record(by, "host-key-forgotten", host).ConfigureAwait(false);
            forgotten += table.Forget(host);
        }

        return forgotten;
    }

    /// <summary>Takes keys from the text of a known_hosts file; a hashed name, or a pattern, counts for the devices of the inventory that it matches.</summary>
    /// <returns>How many keys are new or decided by it, how many lines there were for no device, and what could not be read.</returns>
    public async Task<(int Imported, int Skipped, IReadOnlyList<string> Mistakes)> Import(string text, Caller by)
    {
        var mistakes = new List<string>();
        var (keys, skipped) = KnownHostsText.Read(text, "known_hosts", devices().Select(device => (device.Host, device.Port ?? 22)), mistakes);
        var now = time.GetUtcNow();
        var rows = keys.Select(one => new HostKeyRow(
            ClusterHostKeys.IdOf(one.Host, one.Key), one.Host, one.Key.Type, one.Key.Base64, one.Key.Fingerprint, one.Revoked ? HostKeyRow.Rejected : HostKeyRow.Trusted, now, by.Name, now, by.Name)).DistinctBy(row => row.Id).ToList();
        await audit.Record(by, "host-keys-imported", $"{rows.Count} keys", string.Join(' ', rows.Select(row => row.Host).Distinct().Take(20))).ConfigureAwait(false);
        return (rows.Count == 0 ? 0 : table.Import(rows), skipped, mistakes);
    }

    private HostKeyRecord One(string word, Func<HostKeyRecord, bool> meant, string what)
    {
        var found = Find(word);
        if (found.Count == 0)
            throw None(word);
        if (found is [{ Id: var id } only] && id == word)
            return only;

        return found.Where(meant).ToList() switch
        {
            [var one] => one,
            [] => throw new OrderRefusedException([new OrderMistake("key", $"No key of '{word}' {what}; say which by its id: {string.Join(", ", found.Select(key => $"{key.Id} ({key.State})"))}.")]),
            var several => throw new OrderRefusedException([new OrderMistake("key", $"More than one key of '{word}' {what}; say which: {string.Join(", ", several.Select(key => $"{key.Id} ({key.Fingerprint})"))}.")]),
        };
    }

    private static HostKeyRecord Told(HostKeyRow? row, string word) => row is null ? throw None(word) : ClusterHostKeys.Told(row);

    private static OrderRefusedException None(string word) => new([new OrderMistake("key", $"No host key is known by '{word}': it is neither a key's id, nor a host or device with one.")]);
}
