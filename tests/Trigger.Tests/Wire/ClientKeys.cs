using System.Text;
using Trigger.Wire;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Tests.Wire;

/// <summary>Private keys made for one test.</summary>
internal static class ClientKeys
{
    internal const string Passphrase = "open sesame";

    internal static (HostKey Public, LineCredentials Credentials) Ed25519(string? passphrase = null, string? opensWith = null) =>
        Make(LibSshServer.KeyTypeEd25519, 0, passphrase, opensWith);

    internal static (HostKey Public, LineCredentials Credentials) Rsa() => Make(LibSshServer.KeyTypeRsa, 2048, null, null);

    private static (HostKey Public, LineCredentials Credentials) Make(int type, int bits, string? passphrase, string? opensWith)
    {
        Assert.Equal(LibSsh.Ok, LibSshServer.ssh_pki_generate(type, bits, out var key));
        Assert.Equal(LibSsh.Ok, LibSshServer.ssh_pki_export_privkey_base64(key, passphrase, 0, 0, out var text));
        Assert.Equal(LibSsh.Ok, LibSsh.ssh_pki_export_pubkey_base64(key, out var blob));
        LibSsh.ssh_key_free(key);
        var pem = new LineCredentials.PrivateKey(
            "id_test", Encoding.ASCII.GetBytes(LibSsh.Take(text)!), opensWith is null ? null : Encoding.UTF8.GetBytes(opensWith));
        return (HostKey.Parse(LibSsh.Take(blob)!)!, new LineCredentials { UserName = SshLab.User, Keys = [pem] });
    }
}
