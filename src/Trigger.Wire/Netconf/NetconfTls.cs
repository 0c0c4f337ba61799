using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Trigger.Wire.Netconf;

/// <summary>Who we are and whom we believe, over TLS (RFC 7589): 1.2 or later, the server by name, ourselves by certificate. The certificates are the caller's.</summary>
public sealed class NetconfTls
{
    /// <summary>Ours, with its private key. The server makes a user name of it.</summary>
    public required X509Certificate2 ClientCertificate { get; init; }

    /// <summary>Who may vouch for the server; null for the system's own.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The name that the server's certificate must have; null for the one that is dialled.</summary>
    public string? ServerName { get; init; }

    /// <summary>Name look-up, TCP and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal async Task<(Stream Stream, string Address)> Connect(string host, int port, TimeProvider time, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        SslStream? stream = null;
        try
        {
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(Options(ServerName ?? host), either.Token).ConfigureAwait(false);
            return (stream, socket.RemoteEndPoint!.ToString()!);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);

            socket.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw new NetconfException(new NetconfFault.Line(FaultOf(e, $"{host}:{port}", stream is not null)));
        }
    }

    private SslClientAuthenticationOptions Options(string name)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, VerificationTime = DateTime.Now };
        if (Authorities is { } authorities)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = name,
            ClientCertificates = [ClientCertificate],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = policy,
        };
    }

    private WireFault FaultOf(Exception e, string address, bool connected) => e switch
    {
        OperationCanceledException => new WireFault.Overdue(connected ? "the TLS handshake" : "connecting", ConnectTimeout, ""),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new WireFault.Refused(address),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } unknown => new WireFault.NameNotFound(address, unknown.Message),
        SocketException failed => new WireFault.Unreachable(address, failed.Message),
        _ => new WireFault.HandshakeFailed($"TLS: {e.Message}{(e.InnerException is { } inner ? $" {inner.Message}" : "")}"),
    };
}
