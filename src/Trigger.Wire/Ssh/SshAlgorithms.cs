namespace Trigger.Wire.Ssh;

/// <summary>
/// Algorithm lists in order of preference, by their registered names (RFC 4253 §6–7 and later). The order of the key exchanges is the main
/// performance knob: a group16 handshake costs about twenty curve25519 ones.
/// </summary>
public sealed record SshAlgorithms
{
    public required IReadOnlyList<string> KeyExchange { get; init; }
    public required IReadOnlyList<string> HostKeys { get; init; }
    public required IReadOnlyList<string> Ciphers { get; init; }
    public required IReadOnlyList<string> Macs { get; init; }

    /// <summary>Signature algorithms for logging in with a key; null for those of the host keys.</summary>
    public IReadOnlyList<string>? PublicKeys { get; init; }

    /// <summary>What any device of the last ten years offers. No SHA-1, no CBC.</summary>
    public static SshAlgorithms Modern { get; } = new()
    {
        KeyExchange =
        [
            "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
            "diffie-hellman-group14-sha256", "diffie-hellman-group-exchange-sha256", "diffie-hellman-group16-sha512",
        ],
        HostKeys = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256"],
        Ciphers =
        [
            "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr",
        ],
        Macs = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
    };

    /// <summary>Modern first, then what old firmware needs: SHA-1 exchanges, ssh-rsa, CBC. Only for a platform or device that asks.</summary>
    public static SshAlgorithms Legacy { get; } = new()
    {
        KeyExchange =
        [
            .. Modern.KeyExchange, "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1",
        ],
        HostKeys = [.. Modern.HostKeys, "ssh-rsa"],
        Ciphers = [.. Modern.Ciphers, "aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"],
        Macs = [.. Modern.Macs, "hmac-sha1-etm@openssh.com", "hmac-sha1"],
    };
}
