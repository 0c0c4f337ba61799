using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trigger.Lab.Netconf;
using Trigger.Wire;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Tests.Wire.Netconf;

public sealed class NETCONF_over_TLS : IDisposable
{
    private readonly X509Certificate2 authority = Certificate("CN=ca", null);
    private readonly X509Certificate2 server;
    private readonly X509Certificate2 client;
    private readonly X509Certificate2 stranger = Certificate("CN=stranger", null);
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly LabNetconfDevice device = new("tls", TimeProvider.System, NetconfLab.System("tls"));

    public NETCONF_over_TLS()
    {
        server = Certificate("CN=server", authority);
        client = Certificate("CN=client", authority);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    [Fact]
    public async Task asks_for_certificates_on_both_sides()
    {
        var serving = Serve();
        await using (var session = await Connect(client, "localhost"))
            Assert.Equal("tls", NetconfLab.Name((await session.GetConfigAsync(ConfigurationSource.Running, cancel: Stop)).Data!));

        Assert.Equal("CN=client", await serving.WaitAsync(ScriptedServer.Patience, Stop));
    }

    [Fact]
    public async Task refuses_a_server_of_another_name()
    {
        var serving = Serve();
        var fault = (await Assert.ThrowsAsync<NetconfException>(() => Connect(client, "elsewhere"))).Fault;
        Assert.StartsWith("TLS:", Assert.IsType<WireFault.HandshakeFailed>(Assert.IsType<NetconfFault.Line>(fault).Fault).Reason, StringComparison.Ordinal);
        await serving.WaitAsync(ScriptedServer.Patience, Stop);
    }

    [Fact]
    public async Task refuses_a_server_that_nobody_vouches_for()
    {
        var serving = Serve(stranger);
        var fault = (await Assert.ThrowsAsync<NetconfException>(() => Connect(client, "localhost"))).Fault;
        Assert.IsType<WireFault.HandshakeFailed>(Assert.IsType<NetconfFault.Line>(fault).Fault);
        await serving.WaitAsync(ScriptedServer.Patience, Stop);
    }

    [Fact]
    public async Task is_refused_by_the_server_without_a_certificate_that_it_believes()
    {
        var serving = Serve();

        // TLS 1.3 lets the client finish first and then says no: the hello is what does not come.
        await Assert.ThrowsAsync<NetconfException>(() => Connect(stranger, "localhost"));
        Assert.Null(await serving.WaitAsync(ScriptedServer.Patience, Stop));
    }

    public void Dispose()
    {
        foreach (IDisposable one in new IDisposable[] { listener, device, authority, server, client, stranger })
            one.Dispose();
    }

    private Task<NetconfSession> Connect(X509Certificate2 certificate, string name) => NetconfSession.ConnectAsync(
        new NetconfRoute.Tls("127.0.0.1", Port, new NetconfTls { ClientCertificate = certificate, Authorities = [authority], ServerName = name }), cancel: Stop);

    /// <summary>Serves one session; says whose certificate came, or null when there was no session.</summary>
    private async Task<string?> Serve(X509Certificate2? with = null)
    {
        using var socket = await listener.AcceptAsync(Stop);
        var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = with ?? server,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == "CN=ca",
                },
                Stop);
            var subject = stream.RemoteCertificate!.Subject;
            await LabNetconfServer.ServeAsync(device, stream, subject, Stop);
            return subject;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return null;
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        if (issuer is null)
            return request.CreateSelfSigned(from, to);

        // No longer than its issuer, which was made a moment ago.
        using var signed = request.Create(issuer, from, issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
