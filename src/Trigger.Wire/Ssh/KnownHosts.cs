using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// The keys by which hosts are known, in OpenSSH's known_hosts format. Safe for any thread. A file that somebody else changed is read again
/// before an unknown or changed verdict is given.
/// </summary>
public sealed class KnownHosts : IHostKeyStore
{
    private readonly Lock gate = new();
    private readonly string? userFile;
    private readonly string[] files;
    private KnownHostsIndex index = new();
    private DateTime[] stamps;

    /// <param name="userFile">The file that new keys are appended to; null for a store that only lives in memory.</param>
    /// <param name="globalFiles">Further files, only read.</param>
    public KnownHosts(string? userFile, params IEnumerable<string> globalFiles)
    {
        this.userFile = userFile;
        files = userFile is null ? [.. globalFiles] : [userFile, .. globalFiles];
        stamps = Stamps();
        Read();
    }

    /// <summary><c>~/.ssh/known_hosts</c> and <c>/etc/ssh/ssh_known_hosts</c>.</summary>
    public static KnownHosts OfThisUser() => new(
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh", "known_hosts"),
        "/etc/ssh/ssh_known_hosts");

    /// <summary>Lines that could not be read, each with file and line number. They vouch for nobody.</summary>
    public IReadOnlyList<string> Mistakes
    {
        get
        {
            lock (gate)
                return [.. index.Mistakes];
        }
    }

    /// <summary>Judges a key that a host showed.</summary>
    /// <param name="host">The name or address dialled.</param>
    public HostKeyVerdict Judge(string host, int port, HostKey key)
    {
        var name = HostNames.For(host, port);
        lock (gate)
        {
            var verdict = Judge(name, key);
            if (verdict is HostKeyVerdict.Known || !Refresh())
                return verdict;

            return Judge(name, key);
        }
    }

    /// <summary>Records the key if nothing is on record for the host, and says what the store then thinks of it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public HostKeyVerdict Accept(string host, int port, HostKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (gate)
        {
            // Two lines may have met the same new host at once; the second must not write the record again.
            var verdict = Judge(host, port, key);
            if (verdict is not HostKeyVerdict.Unknown)
                return verdict;

            var record = $"{HostNames.For(host, port)} {key.Type} {key.Base64}";
            if (userFile is not null)
                Append(userFile, record);

            index.Add(record, userFile ?? "accepted in memory");
            stamps = Stamps();
            return Judge(host, port, key);
        }
    }

    /// <summary>The key types on record for a host, so that they can be asked for first.</summary>
    public IReadOnlyList<string> TypesOf(string host, int port)
    {
        lock (gate)
        {
            return [.. index.Find(HostNames.For(host, port))
                .Where(line => line.Marker == KnownHostsIndex.Marker.None)
                .Select(line => line.Key.Type)
                .Distinct()];
        }
    }

    ValueTask<HostKeyVerdict> IHostKeyStore.Judge(string host, int port, HostKey key) => new(Judge(host, port, key));

    ValueTask<HostKeyVerdict> IHostKeyStore.Meet(string host, int port, HostKey key, bool accept) =>
        new(Judge(host, port, key) is var verdict && verdict is HostKeyVerdict.Unknown && accept ? Accept(host, port, key) : verdict);

    private static void Append(string path, string record)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!OperatingSystem.IsWindows() && !Directory.Exists(directory))
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        AppendOnlyFile.AppendLine(path, record);
    }

    private HostKeyVerdict Judge(string name, HostKey key)
    {
        var lines = index.Find(name);
        if (lines.FirstOrDefault(line => line.Marker == KnownHostsIndex.Marker.Revoked && line.Key.Equals(key)) is { } revoked)
            return new HostKeyVerdict.Revoked(revoked.Where);

        var records = lines.Where(line => line.Marker == KnownHostsIndex.Marker.None).ToArray();
        if (records.FirstOrDefault(line => line.Key.Equals(key)) is { } known)
            return new HostKeyVerdict.Known(known.Where);

        // The record of the same type tells more than one of another type.
        return (records.FirstOrDefault(line => line.Key.Type == key.Type) ?? records.FirstOrDefault()) is { } other
            ? new HostKeyVerdict.Changed(other.Key.Fingerprint, other.Where)
            : new HostKeyVerdict.Unknown();
    }

    private bool Refresh()
    {
        var now = Stamps();
        if (now.AsSpan().SequenceEqual(stamps))
            return false;

        stamps = now;
        Read();
        return true;
    }

    private void Read()
    {
        index = new KnownHostsIndex();
        foreach (var file in files)
            index.Read(file);
    }

    private DateTime[] Stamps() => [.. files.Select(File.GetLastWriteTimeUtc)];
}
