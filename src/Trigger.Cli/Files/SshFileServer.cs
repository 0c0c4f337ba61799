using System.ComponentModel;
using System.Net;
using Trigger.Files;
using Trigger.Files.Ssh;
using Trigger.Lab.Ssh;

namespace Trigger.Cli.Files;

/// <summary>SFTP and SCP on the SSH server that the Lab has: no shell, no other command, and one channel for each connection.</summary>
internal sealed class SshFileServer : IDisposable
{
    private const int MostLogins = 6;

    private readonly LabSshServer server;

    private SshFileServer(LabSshServer server) => this.server = server;

    public IPEndPoint EndPoint => server.EndPoints[0];

    /// <param name="most">How many connections there may be at a time.</param>
    /// <param name="hostKey">In PEM.</param>
    /// <exception cref="Win32Exception">The address is not to be had.</exception>
    /// <exception cref="ArgumentException">The key is none.</exception>
    /// <exception cref="InvalidOperationException">There is no libssh.</exception>
    public static SshFileServer Start(IPEndPoint at, FileRoot root, ClientList clients, int most, string hostKey, SshFileLogin login, Action<TransferNews> tell)
    {
        var host = new LabSshHost
        {
            EndPoint = at,
            Version = "Trigger",
            HostKey = hostKey,
            Login = new LabSshLogin
            {
                Password = login.Password is null ? null : login.IsPassword,
                KeyboardInteractive = login.Password is null ? null : login.IsPassword,
                PublicKey = login.Keys.Count == 0 ? null : login.IsKey,
            },
            Admits = clients.Allows,
            MostConnections = most,
            MostLogins = MostLogins,
            Shell = shell => new Nothing(shell),
            Subsystem = (shell, name) => name == "sftp" ? new Adapter(new SftpTalk(Setup(root, shell, tell))) : null,
            Exec = (shell, command) => ScpTalk.For(command, Setup(root, shell, tell)) is { } talk ? new Adapter(talk) : null,
        };
        return new SshFileServer(new LabSshServer([host]));
    }

    public void Dispose() => server.Dispose();

    private static FileTalkSetup Setup(FileRoot root, LabSshShell shell, Action<TransferNews> tell) =>
        new(root, $"{shell.UserName}@{shell.Client}", shell.Write, shell.Exit, tell);

    private sealed class Adapter(IFileTalk talk) : ILabShell, IDisposable
    {
        public void Opened(bool terminal) => talk.Begin();

        public void Received(ReadOnlySpan<byte> bytes) => talk.Receive(bytes);

        public void Drained() => talk.Drained();

        public void Closed() => Dispose();

        public void Dispose() => talk.Dispose();
    }

    // Who asks for a shell is told that there is none, and let go.
    private sealed class Nothing(LabSshShell shell) : ILabShell
    {
        public void Opened(bool terminal)
        {
            shell.Write("This server has files and nothing else: sftp, scp.\r\n"u8.ToArray());
            shell.Exit(1);
        }

        public void Received(ReadOnlySpan<byte> bytes)
        {
        }

        public void Closed()
        {
        }
    }
}
