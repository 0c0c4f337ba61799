using System.Net.Sockets;
using Trigger.Wire.Ssh;

namespace Trigger.Wire.Netconf;

/// <summary>The way to a NETCONF server.</summary>
public abstract record NetconfRoute
{
    /// <summary>The port of NETCONF over SSH (RFC 6242 §3). Many devices serve the subsystem on 22, too.</summary>
    public const int SshPort = 830;

    /// <summary>The port of NETCONF over TLS (RFC 7589 §2).</summary>
    public const int TlsPort = 6513;

    /// <summary>Where devices call home to speak NETCONF over SSH (RFC 8071 §2).</summary>
    public const int CallHomePort = 4334;

    /// <summary>An SSH subsystem (RFC 6242).</summary>
    /// <param name="Transport">Carries the session; it lives longer.</param>
    /// <param name="Dial">Whom to call; its service is replaced by the subsystems of the profile.</param>
    /// <param name="Credentials">Owned by the caller; not used any more once the session is connected.</param>
    public sealed record Ssh(SshTransport Transport, SshDial Dial, LineCredentials Credentials) : NetconfRoute
    {
        internal override LineCredentials CredentialsFor(LineGreeting greeting) => Credentials;

        internal override Task<ILine> Open(ILineObserver observer, NetconfOptions options, CancellationToken cancel) =>
            Task.FromResult(Transport.Dial(Dial with { Service = new SshService.Subsystem(options.Profile.Subsystems) }, observer));
    }

    /// <summary>A Unix socket whose other end speaks NETCONF.</summary>
    public sealed record UnixSocket(string Path) : NetconfRoute
    {
        internal override async Task<ILine> Open(ILineObserver observer, NetconfOptions options, CancellationToken cancel)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancel).ConfigureAwait(false);
                return StreamLine.Start(new NetworkStream(socket, ownsSocket: true), observer, new LineGreeting(Path), options.Time);
            }
            catch (Exception e) when (e is SocketException or ArgumentException)
            {
                socket.Dispose();
                throw new NetconfException(new NetconfFault.Line(
                    e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? new WireFault.Refused(Path) : new WireFault.Unreachable(Path, e.Message)));
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>TLS with certificates on both sides (RFC 7589).</summary>
    public sealed record Tls(string Host, int Port, NetconfTls Security) : NetconfRoute
    {
        internal override async Task<ILine> Open(ILineObserver observer, NetconfOptions options, CancellationToken cancel)
        {
            var (stream, address) = await Security.Connect(Host, Port, options.Time, cancel).ConfigureAwait(false);
            return StreamLine.Start(stream, observer, new LineGreeting(address), options.Time);
        }
    }

    /// <summary>A connection that a device made to us (RFC 8071), spoken on as an SSH client.</summary>
    internal sealed record CallHome(SshTransport Transport, Socket Accepted, SshDial Dial, Func<LineGreeting, LineCredentials?> Credentials) : NetconfRoute
    {
        internal override LineCredentials? CredentialsFor(LineGreeting greeting) => Credentials(greeting);

        internal override Task<ILine> Open(ILineObserver observer, NetconfOptions options, CancellationToken cancel) =>
            Task.FromResult(Transport.Take(Accepted, Dial with { Service = new SshService.Subsystem(options.Profile.Subsystems) }, observer));
    }

    /// <summary>Any stream that is open already: an accepted socket, a pipe, TLS of one's own. The session owns it from here on.</summary>
    /// <param name="Name">What to call the far end in messages.</param>
    public sealed record Over(Stream Stream, string Name = "a stream") : NetconfRoute
    {
        internal override Task<ILine> Open(ILineObserver observer, NetconfOptions options, CancellationToken cancel) =>
            Task.FromResult<ILine>(StreamLine.Start(Stream, observer, new LineGreeting(Name), options.Time));
    }

    private NetconfRoute() { }

    internal virtual LineCredentials? CredentialsFor(LineGreeting greeting) => null;

    internal abstract Task<ILine> Open(ILineObserver observer, NetconfOptions options, CancellationToken cancel);
}
