using System.Net;
using System.Runtime.InteropServices;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// The native side of one session: its socket, the libssh session and its channel. The one descriptor becomes libssh's when it is told to connect. libssh 0.10 closes
/// it on some paths and leaks it on others, so <see cref="Fd"/> asks whether it is still there, and the end looks whether that number is still this socket.
/// ssh_disconnect is never called: it is one of the leaking paths.
/// </summary>
internal sealed unsafe class SshLink
{
    // Owned by nobody and always empty: libssh reads known_hosts while it orders host keys, and ours is another store.
    private const string NoUser = "nobody";
    private const string NoDirectory = "/nonexistent";
    private const string NoKnownHosts = "/dev/null";

    private readonly Epoll epoll;
    private readonly ulong key;
    private readonly int fd;
    private readonly ulong cookie;
    private bool isHandedOver;
    private uint interest;
    private LibSsh.Counter* counter;

    internal SshLink(Epoll epoll, ulong key, int fd)
    {
        this.epoll = epoll;
        this.key = key;
        this.fd = fd;
        cookie = TcpSocket.Cookie(fd);
    }

    /// <summary>The socket; -1 once libssh has closed it. The number may be another session's by then.</summary>
    internal int Fd => isHandedOver ? LibSsh.ssh_get_fd(Session) : fd;

    internal nint Session { get; private set; }

    internal nint Channel { get; private set; }

    /// <summary>
    /// How many bytes libssh has taken from the socket. Any call may take some, for either stream, so "nothing to read" is only true
    /// of a round of calls that leaves this as it was; what lies decrypted in libssh never wakes epoll.
    /// </summary>
    internal ulong BytesIn => counter->InBytes;

    /// <summary>How many bytes libssh has given to the socket.</summary>
    internal ulong BytesOut => counter->OutBytes;

    internal bool WritePending => (LibSsh.ssh_get_status(Session) & LibSsh.StatusWritePending) != 0;

    internal string ErrorText => FarText.Show(LibSsh.Borrow(LibSsh.ssh_get_error(Session)) is { Length: > 0 } text ? text : "no reason was given");

    internal string? ServerVersion => LibSsh.Borrow(LibSsh.ssh_get_serverbanner(Session));

    internal string? Banner => LibSsh.Take(LibSsh.ssh_get_issue_banner(Session));

    /// <summary>
    /// Whether the far end said goodbye with SSH_DISCONNECT_BY_APPLICATION (RFC 4253 §11.1): some devices answer "exit" so,
    /// and never close the channel.
    /// </summary>
    internal bool EndedByApplication => ErrorText.Contains("SSH_MSG_DISCONNECT: 11:", StringComparison.Ordinal);

    internal static bool IsClosed(nint session) =>
        (LibSsh.ssh_get_status(session) & (LibSsh.StatusClosed | LibSsh.StatusClosedError)) != 0 || LibSsh.ssh_get_fd(session) < 0;

    /// <summary>Says what epoll shall report; false when it never will, because libssh has closed the socket.</summary>
    internal bool Watch(uint wanted)
    {
        var socket = Fd;
        if (socket < 0)
        {
            interest = 0; // With its last descriptor a socket is forgotten.
            return wanted == 0;
        }

        if (wanted == interest)
            return true;

        // Forgotten altogether when nothing is wanted: level-triggered epoll reports a hang-up whether asked or not.
        if (wanted == 0)
            epoll.Forget(socket);
        else if (interest == 0)
            epoll.Watch(socket, wanted, key);
        else
            epoll.Change(socket, wanted, key);

        interest = wanted;
        return true;
    }

    /// <summary>Makes the libssh session. Returns null, or what is wrong with our side.</summary>
    internal string? Begin(IPEndPoint to, SshAlgorithms algorithms, IReadOnlyList<string> recordedTypes)
    {
        Session = LibSsh.ssh_new();
        LibSsh.ssh_set_blocking(Session, 0);
        counter = (LibSsh.Counter*)NativeMemory.AllocZeroed((nuint)sizeof(LibSsh.Counter));
        LibSsh.ssh_set_counters(Session, counter, null);
        byte no = 0;
        var (port, socket) = ((uint)to.Port, fd);
        _ = LibSsh.ssh_options_set(Session, LibSsh.Option.ProcessConfig, &no);
        _ = LibSsh.ssh_options_set(Session, LibSsh.Option.Port, &port);
        _ = LibSsh.ssh_options_set(Session, LibSsh.Option.Fd, &socket);

        // An address, never the name: HOST refuses underscores and non-ASCII letters, and the name is our affair.
        var refused = Set(LibSsh.Option.Host, to.Address.ToString())
            // Every call that logs in names its user, and no file of a home directory is read; but without these two libssh searches the password file for both.
            ?? Set(LibSsh.Option.User, NoUser)
            ?? Set(LibSsh.Option.SshDir, NoDirectory)
            ?? Set(LibSsh.Option.KnownHosts, NoKnownHosts)
            ?? Set(LibSsh.Option.GlobalKnownHosts, NoKnownHosts);
        return refused ?? Allow(algorithms, recordedTypes);
    }

    /// <summary>Goes on with identification and key exchange. From the first call on the socket is libssh's.</summary>
    internal int Connect()
    {
        isHandedOver = true;
        var result = LibSsh.ssh_connect(Session);
        TcpSocket.KeepNonBlocking(Fd);
        return result;
    }

    /// <summary>Lets libssh write what it still holds, as far as the socket takes it without waiting.</summary>
    internal void Pump() => _ = LibSshServer.ssh_blocking_flush(Session, 0);

    /// <summary>Names another agent than the environment's. Null, or what libssh says to it.</summary>
    internal string? UseAgent(string socket) => Set(LibSsh.Option.IdentityAgent, socket);

    /// <summary>Why the line is lost: in the server's words, if it said goodbye.</summary>
    internal WireFault Lost(string during) => SshGoodbye.Read(ErrorText) is { } goodbye
        ? new WireFault.Disconnected(during, goodbye.Code, goodbye.Reason)
        : new WireFault.LineLost(during, ErrorText);

    /// <summary>
    /// Asks the server for a sign of life. libssh sends one question at a time: a call that finds the answer of the last only takes that, so a second one follows. With the last
    /// still open none is sent, and none is needed.
    /// </summary>
    internal void AskForLife()
    {
        var before = BytesOut;
        for (var tries = 0; tries < 2 && BytesOut == before && !WritePending && !IsClosed(Session); tries++)
            _ = LibSsh.ssh_send_keepalive(Session);
    }

    internal bool OpenChannel()
    {
        Channel = LibSsh.ssh_channel_new(Session);
        return Channel != 0;
    }

    /// <summary>Gives everything back, in the one order that is safe: a channel dies with its session.</summary>
    internal void Dispose(bool reset)
    {
        _ = Watch(0);
        if (reset)
            TcpSocket.ResetOnClose(Fd);

        if (Channel != 0)
            LibSsh.ssh_channel_free(Channel);

        if (Session != 0)
            LibSsh.ssh_free(Session);

        NativeMemory.Free(counter);
        if (cookie == 0 ? !isHandedOver : TcpSocket.Cookie(fd) == cookie)
            TcpSocket.Close(fd);

        counter = null;
        (Channel, Session) = (0, 0);
    }

    // Types on record first, so that a device is judged by the key we know and not by one that we merely prefer.
    private static IEnumerable<string> Prefer(IReadOnlyList<string> allowed, IReadOnlyList<string> recordedTypes)
    {
        bool IsRecorded(string algorithm) => recordedTypes.Contains(algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm);
        return allowed.OrderByDescending(IsRecorded);
    }

    private string? Allow(SshAlgorithms algorithms, IReadOnlyList<string> recordedTypes) =>
        Set(LibSsh.Option.KeyExchange, algorithms.KeyExchange)
        ?? Set(LibSsh.Option.HostKeys, Prefer(algorithms.HostKeys, recordedTypes))
        ?? Set(LibSsh.Option.PublicKeyAcceptedTypes, algorithms.PublicKeys ?? algorithms.HostKeys)
        ?? Set(LibSsh.Option.CiphersOut, algorithms.Ciphers)
        ?? Set(LibSsh.Option.CiphersIn, algorithms.Ciphers)
        ?? Set(LibSsh.Option.MacsOut, algorithms.Macs)
        ?? Set(LibSsh.Option.MacsIn, algorithms.Macs);

    private string? Set(LibSsh.Option option, IEnumerable<string> names) => Set(option, string.Join(',', names));

    private string? Set(LibSsh.Option option, string value) => LibSsh.ssh_options_set(Session, option, value) < 0
        ? $"libssh does not take {option} \"{value}\": {ErrorText}"
        : null;
}
