using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Trigger.Cli.Input;
using Trigger.Files;
using Trigger.Files.Tftp;

namespace Trigger.Cli.Files;

/// <summary>The built-in file server as the settings want it. Made and looked at before anything is begun; listens from <see cref="Start"/> on.</summary>
internal sealed class FileService : IAsyncDisposable
{
    private readonly FileRoot root;
    private readonly ClientList clients;
    private readonly IPEndPoint? tftp;
    private readonly IPEndPoint? ssh;
    private readonly SshFileLogin? login;
    private readonly string? hostKey;
    private readonly int transfers;
    private TftpServer? tftpServer;
    private SshFileServer? sshServer;

    private FileService(FileRoot root, ClientList clients, IPEndPoint? tftp, (IPEndPoint At, SshFileLogin Login, string HostKey)? ssh, int transfers)
    {
        (this.root, this.clients, this.tftp, this.transfers) = (root, clients, tftp, transfers);
        (this.ssh, login, hostKey) = (ssh?.At, ssh?.Login, ssh?.HostKey);
    }

    /// <summary>Where it listens, in words.</summary>
    public IEnumerable<string> Places
    {
        get
        {
            if (tftpServer is not null)
                yield return $"tftp://{tftpServer.EndPoint}";
            if (sshServer is not null)
                yield return $"sftp://{login!.User}@{sshServer.EndPoint} (and scp)";
        }
    }

    /// <summary>The port that devices are told of for TFTP, whoever listens there.</summary>
    public static int TftpPort(Mistakes mistakes) => EndPointAt("file-server.tftp", mistakes)?.Port ?? 69;

    /// <summary>Null when there are mistakes.</summary>
    public static FileService? Read(Mistakes mistakes)
    {
        var before = mistakes.Count;
        var (tftp, ssh, found) = (EndPointAt("file-server.tftp", mistakes), EndPointAt("file-server.ssh", mistakes), new List<string>());
        var clients = ClientList.Read(Configured.Settings.Texts("file-server.clients"), found);
        mistakes.Add(found.Select(mistake => $"file-server.clients: {mistake}"));
        if (Configured.Settings.Text("file-server.root") is not { } directory)
            mistakes.Add("Nothing says what to serve: set file-server.root.");
        else if (!Directory.Exists(directory))
            mistakes.Add($"file-server.root: there is no directory {directory}.");
        if (tftp is null && ssh is null)
            mistakes.Add("Nothing says where to listen: set file-server.tftp, such as \"127.0.0.1:69\", or file-server.ssh.");
        if (tftp is not null && found.Count == 0 && TftpServer.WhyNot(tftp, clients) is { } reason)
            mistakes.Add(reason);
        var who = new List<string>();
        var login = ssh is null ? null : SshFileLogin.Read(Configured.Settings.Text("file-server.user"), Configured.Settings.Text("file-server.login-file"), Configured.Settings.Text("file-server.authorized-keys"), who);
        mistakes.Add(who);
        var key = ssh is null || mistakes.Count > before ? null : ServerKey.Read(mistakes);
        if (mistakes.Count > before)
            return null;

        var root = new FileRoot(Configured.Settings.Text("file-server.root")!, Configured.Settings.Flag("file-server.writable"), Number("file-server.largest-file"));
        return new FileService(root, clients, tftp, ssh is null ? null : (ssh, login!, key!), Number("file-server.transfers"));
    }

    /// <returns>Why it cannot listen; null when it does.</returns>
    public string? Start(Action<TransferNews> tell)
    {
        try
        {
            if (tftp is not null)
                tftpServer = TftpServer.Start(tftp, root, clients, transfers, TimeProvider.System, tell);
            if (ssh is not null)
                sshServer = SshFileServer.Start(ssh, root, clients, transfers, hostKey!, login!, tell);
            return null;
        }
        catch (SocketException failure)
        {
            return $"the file server cannot listen at {tftp}: {failure.Message}";
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or ArgumentException or InvalidOperationException)
        {
            return $"the file server cannot listen at {ssh}: {failure.Message}";
        }
    }

    /// <summary>A transfer in one line.</summary>
    public static string Line(TransferNews news) =>
        $"{news.Protocol}: {news.Client} {(news.Wrote ? "wrote" : "read")} {Quoted(news.Name)}: {(news.Fault is { } fault ? $"{fault} (after {news.Bytes} bytes)" : $"{news.Bytes} bytes")}";

    public async ValueTask DisposeAsync()
    {
        sshServer?.Dispose();
        if (tftpServer is not null)
            await tftpServer.DisposeAsync();
    }

    private static IPEndPoint? EndPointAt(string key, Mistakes mistakes)
    {
        if (Configured.Settings.Text(key) is not { } text)
            return null;
        if (IPEndPoint.TryParse(text, out var at) && at.Port > 0)
            return at;
        mistakes.Add($"{key} is '{text}'; it must be an address with a port, such as \"127.0.0.1:69\" or \"[::]:69\".");
        return null;
    }

    private static int Number(string key) => int.Parse(Configured.Settings.Text(key)!, CultureInfo.InvariantCulture);

    // A stranger chose the name.
    private static string Quoted(string name) => $"'{new string([.. name.Take(200).Select(c => char.IsControl(c) ? '?' : c)])}'";
}
