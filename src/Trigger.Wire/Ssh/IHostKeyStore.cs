namespace Trigger.Wire.Ssh;

/// <summary>Where host keys are on record: files (<see cref="KnownHosts"/>), or a store that several machines share. Called on reactor threads, which must not wait: what takes time is a task.</summary>
public interface IHostKeyStore
{
    /// <summary>The key types on record for a host, so that they can be asked for first; as far as is known at once.</summary>
    IReadOnlyList<string> TypesOf(string host, int port);

    /// <summary>Judges a key that a host showed, and puts nothing on record.</summary>
    /// <param name="host">The name or address dialled.</param>
    ValueTask<HostKeyVerdict> Judge(string host, int port, HostKey key);

    /// <summary>The same, for a host that is being dialled: puts on record what must be.</summary>
    /// <param name="accept">Whether the key is recorded, and good, when nothing is on record for the host.</param>
    /// <exception cref="IOException">It cannot be recorded.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be recorded.</exception>
    ValueTask<HostKeyVerdict> Meet(string host, int port, HostKey key, bool accept);
}
