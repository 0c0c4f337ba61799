using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trigger.Cli.Input;
using Trigger.Wire.Netconf;

namespace Trigger.Cli.Netconf;

/// <summary>TLS instead of SSH: certificates in PEM files.</summary>
internal sealed class TlsOptions
{
    private readonly Option<string?> certificate = NetconfInput.Text("--tls-certificate", "Speak over TLS, and be whom this certificate names.", "FILE");
    private readonly Option<string?> key = NetconfInput.Text("--tls-key", "Its private key. Default: in the same file.", "FILE");
    private readonly Option<string?> authorities = NetconfInput.Text("--tls-authorities", "Who may vouch for the device. Default: the system's.", "FILE");
    private readonly Option<string?> name = NetconfInput.Text("--tls-name", "The name in the device's certificate. Default: the one dialled.", "NAME");

    public void AddTo(Command command)
    {
        foreach (var option in new[] { certificate, key, authorities, name })
            command.Add(option);
    }

    public bool IsWanted(ParseResult line) => line.GetValue(certificate) is not null;

    /// <summary>What TLS needs, or null when there are mistakes.</summary>
    public NetconfTls? Read(ParseResult line, Mistakes mistakes)
    {
        var mine = Load(line.GetValue(certificate)!, file => X509Certificate2.CreateFromPemFile(file, line.GetValue(key)), mistakes);
        var theirs = line.GetValue(authorities) is { } path ? Load(path, Authorities, mistakes) : null;
        return mine is null || mistakes.Any ? null : new NetconfTls { ClientCertificate = mine, Authorities = theirs, ServerName = line.GetValue(name) };
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(file);
        return all;
    }

    private static T? Load<T>(string file, Func<string, T> load, Mistakes mistakes)
        where T : class
    {
        try
        {
            return load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            mistakes.Add($"{file}: {e.Message}");
            return null;
        }
    }
}
