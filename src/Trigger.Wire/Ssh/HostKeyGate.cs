using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>Decides whether the host on the line is the one we mean. Comes before anything of the user's is sent.</summary>
internal sealed class HostKeyGate(IHostKeyStore known, HostKeyPolicy policy)
{
    internal IReadOnlyList<string> RecordedTypes(SshDial dial) => dial.Recognize is null ? Store(dial).TypesOf(NameOf(dial), PortOf(dial)) : [];

    /// <summary>The key that the server proved to have, or null if libssh cannot say.</summary>
    internal static HostKey? Shown(nint session)
    {
        if (LibSsh.ssh_get_server_publickey(session, out var key) != LibSsh.Ok)
            return null;

        var exported = LibSsh.ssh_pki_export_pubkey_base64(key, out var text);
        LibSsh.ssh_key_free(key);
        return exported == LibSsh.Ok && LibSsh.Take(text) is { } base64 ? HostKey.Parse(base64) : null;
    }

    private IHostKeyStore Store(SshDial dial) => dial.KnownHosts ?? known;

    private static string NameOf(SshDial dial) => dial.HostKeyAlias ?? dial.Host;

    // OpenSSH records an alias without a port (sshconnect.c), and so do we; 22 is the port that a record leaves out.
    private static int PortOf(SshDial dial) => dial.HostKeyAlias is null ? dial.Port : 22;

    /// <summary>Null when the key is accepted.</summary>
    internal async ValueTask<WireFault?> Judge(SshDial dial, HostKey key)
    {
        if (dial.Recognize is { } recognize)
            return recognize(key) ? null : new WireFault.HostKeyUnknown(dial.Host, key.Type, key.Fingerprint);

        HostKeyVerdict verdict;
        try
        {
            verdict = dial.PinnedHostKey is null
                ? await Store(dial).Meet(NameOf(dial), PortOf(dial), key, (dial.HostKeys ?? policy) == HostKeyPolicy.AcceptNew).ConfigureAwait(false)
                : await Store(dial).Judge(NameOf(dial), PortOf(dial), key).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new WireFault.Misconfigured($"The host key of {dial.Host} cannot be recorded: {e.Message}.");
        }

        if (dial.PinnedHostKey is { } pinned && verdict is not HostKeyVerdict.Revoked)
        {
            return pinned.TrimEnd('=') == key.Fingerprint
                ? null
                : new WireFault.HostKeyChanged(dial.Host, key.Type, pinned, key.Fingerprint, "pinned");
        }

        return verdict switch
        {
            HostKeyVerdict.Known => null,
            HostKeyVerdict.Changed changed =>
                new WireFault.HostKeyChanged(dial.Host, key.Type, changed.KnownFingerprint, key.Fingerprint, changed.Where),
            HostKeyVerdict.Revoked revoked => new WireFault.HostKeyRevoked(dial.Host, key.Fingerprint, revoked.Where),
            HostKeyVerdict.Unavailable unavailable => new WireFault.HandshakeFailed(unavailable.Why),
            _ => new WireFault.HostKeyUnknown(dial.Host, key.Type, key.Fingerprint),
        };
    }
}
