using System.Text;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Lab.Ssh;

/// <summary>The keys that a server makes for its devices, in memory only. RSA costs some tenths of a second, so it waits until asked for.</summary>
internal sealed unsafe class LabHostKeys
{
    private readonly Lazy<(string Pem, HostKey Public)> ed25519 = new(() => Make(LibSshServer.KeyTypeEd25519, 0));
    private readonly Lazy<(string Pem, HostKey Public)> rsa = new(() => Make(LibSshServer.KeyTypeRsa, 2048));

    internal (string Pem, HostKey Public) For(SshAlgorithms algorithms) =>
        algorithms.HostKeys.Contains("ssh-ed25519") ? ed25519.Value : rsa.Value;

    /// <summary>Parses a PEM; the caller frees the key.</summary>
    internal static nint Parse(string pem)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(pem + "\0"), none = "\0"u8)
        {
            return LibSsh.ssh_pki_import_privkey_base64(text, none, 0, 0, out var key) == LibSsh.Ok
                ? key
                : throw new ArgumentException("The host key is not a private key that libssh can read.", nameof(pem));
        }
    }

    private static (string Pem, HostKey Public) Make(int type, int bits)
    {
        if (LibSshServer.ssh_pki_generate(type, bits, out var key) != LibSsh.Ok)
            throw new InvalidOperationException("libssh cannot make a host key.");

        var exported = LibSshServer.ssh_pki_export_privkey_base64(key, null, 0, 0, out var text);
        var pem = exported == LibSsh.Ok ? LibSsh.Take(text) : null;
        var shown = LibSsh.ssh_pki_export_pubkey_base64(key, out var blob) == LibSsh.Ok ? HostKey.Parse(LibSsh.Take(blob)!) : null;
        LibSsh.ssh_key_free(key);
        return pem is not null && shown is not null ? (pem, shown) : throw new InvalidOperationException("libssh cannot export a host key.");
    }
}
