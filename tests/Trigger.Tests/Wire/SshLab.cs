using System.Net;
using System.Text;
using Trigger.Lab.Ssh;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

/// <summary>A pretend device and a transport to dial it with.</summary>
internal sealed class SshLab : IDisposable
{
    internal const string User = "admin";
    internal const string Password = "correct horse";

    internal static readonly DialLimits Limits = new()
    {
        Connect = TimeSpan.FromSeconds(10),
        Handshake = TimeSpan.FromSeconds(10),
        Authenticate = TimeSpan.FromSeconds(10),
        OpenShell = TimeSpan.FromSeconds(10),
    };

    private readonly LabSshServer server;

    internal SshLab(Func<LabSshHost, LabSshHost>? change = null, IHostKeyStore? knownHosts = null, HostKeyPolicy policy = HostKeyPolicy.AcceptNew)
    {
        var host = new LabSshHost
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Login = LabSshLogin.For(User, Password),
            Shell = shell => new Router(shell),
        };
        host = change?.Invoke(host) ?? host;
        server = new LabSshServer([host]);
        HostKey = server.SharedHostKey(host.Algorithms);
        Transport = new SshTransport(knownHosts ?? new KnownHosts(null), policy, warn: Warnings.Enqueue);
    }

    internal System.Collections.Concurrent.ConcurrentQueue<string> Warnings { get; } = new();

    internal SshTransport Transport { get; }

    internal HostKey HostKey { get; }

    internal int Port => server.EndPoints[0].Port;

    internal int Connections => server.Connections;

    internal SshDial Dial => new() { Host = "127.0.0.1", Port = Port, Limits = Limits, Algorithms = SshAlgorithms.Modern };

    internal static LineCredentials ByPassword(string password = Password) =>
        new() { UserName = User, Password = Encoding.UTF8.GetBytes(password) };

    internal (ILine Line, HeardLine Heard) Call(SshDial? dial = null)
    {
        var heard = new HeardLine();
        return (Transport.Dial(dial ?? Dial, heard), heard);
    }

    /// <summary>Dials, answers the question for credentials, and waits for the shell or the end.</summary>
    internal async Task<(ILine Line, HeardLine Heard)> LogIn(LineCredentials? credentials = null, SshDial? dial = null)
    {
        var (line, heard) = Call(dial);
        await heard.Authenticating();
        using var owned = credentials ?? ByPassword();
        line.Authenticate(owned);
        await Task.WhenAny(heard.Opened(), heard.Closed());
        return (line, heard);
    }

    internal async Task<WireFault?> FaultOf(SshDial? dial = null)
    {
        var (_, heard) = Call(dial);
        return await heard.Closed();
    }

    public void Dispose()
    {
        Transport.Dispose();
        server.Dispose();
    }

    /// <summary>Answers a few commands: "big N" pours N kilobytes, "die" drops the line, "exit" leaves, all else is echoed.</summary>
    private sealed class Router(LabSshShell shell) : ILabShell
    {
        private readonly StringBuilder typed = new();

        public void Opened(bool terminal) => Say(terminal ? "router#" : "no terminal#");

        public void Received(ReadOnlySpan<byte> bytes)
        {
            typed.Append(Encoding.Latin1.GetString(bytes));
            while (typed.ToString().IndexOf('\n', StringComparison.Ordinal) is var end and >= 0)
            {
                var command = typed.ToString(0, end);
                typed.Remove(0, end + 1);
                Answer(command);
            }
        }

        public void Closed()
        {
        }

        private void Answer(string command)
        {
            if (command == "exit")
            {
                Say("bye");
                shell.Exit(0);
            }
            else if (command == "die")
            {
                Say("dying");
                shell.Drop();
            }
            else if (command.StartsWith("big ", StringComparison.Ordinal))
            {
                var kilobyte = Encoding.ASCII.GetBytes(new string('x', 1024));
                for (var left = int.Parse(command[4..]); left > 0; left--)
                    shell.Write(kilobyte);

                Say("end of big#");
            }
            else
            {
                Say($"[{command}] {shell.UserName}#");
            }
        }

        private void Say(string text) => shell.Write(Encoding.Latin1.GetBytes(text));
    }
}
