using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>Leaves a trace of every line that only an outdated algorithm made possible.</summary>
internal static class LegacyAudit
{
    private static readonly HashSet<string> Outdated =
    [
        .. SshAlgorithms.Legacy.KeyExchange.Except(SshAlgorithms.Modern.KeyExchange),
        .. SshAlgorithms.Legacy.Ciphers.Except(SshAlgorithms.Modern.Ciphers),
        .. SshAlgorithms.Legacy.Macs.Except(SshAlgorithms.Modern.Macs),
    ];

    internal static void Report(SshLink link, SshDial dial, Action<string> warn)
    {
        string?[] agreed =
        [
            LibSsh.Borrow(LibSsh.ssh_get_kex_algo(link.Session)),
            LibSsh.Borrow(LibSsh.ssh_get_cipher_in(link.Session)),
            LibSsh.Borrow(LibSsh.ssh_get_hmac_in(link.Session)),
        ];
        var outdated = agreed.Where(name => name is not null && Outdated.Contains(name)).ToArray();
        if (outdated.Length > 0)
            warn($"{dial.Host}:{dial.Port} agreed on legacy SSH algorithms: {string.Join(", ", outdated)}.");
    }
}
