using System.Net;
using System.Xml.Linq;
using Trigger.Lab.Netconf;
using Trigger.Lab.Ssh;
using Trigger.Wire.Netconf;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire.Netconf;

/// <summary>A pretend device with NETCONF over SSH, and a transport to dial it with.</summary>
internal sealed class NetconfLab : IDisposable
{
    internal static readonly XNamespace Sys = "urn:ietf:params:xml:ns:yang:ietf-system";

    private readonly LabSshServer server;
    private readonly SshTransport transport = new(new KnownHosts(null), HostKeyPolicy.AcceptNew);

    internal NetconfLab(TimeProvider? time = null, int devices = 1, Func<LabSshHost, LabSshHost>? change = null)
    {
        Devices = [.. Enumerable.Range(0, devices).Select(number => new LabNetconfDevice($"r{number}", time ?? TimeProvider.System, System($"r{number}"))
        {
            Schemas = new Dictionary<string, string> { ["toaster"] = "module toaster { prefix \"t<\"; }" },
            Judge = config => config.Descendants(Sys + "hostname").Any(name => name.Value == "bad") ? "That is no name." : null,
            Answers = operation => operation.Name.LocalName == "make-toast" ? [new XElement(NetconfNames.Base + "ok")] : null,
        })];
        server = new LabSshServer(Devices.Select(device =>
        {
            var host = LabNetconfServer.HostOf(device, new IPEndPoint(IPAddress.Loopback, 0), LabSshLogin.For(SshLab.User, SshLab.Password));
            return change?.Invoke(host) ?? host;
        }));
    }

    internal IReadOnlyList<LabNetconfDevice> Devices { get; }

    internal LabNetconfDevice Device => Devices[0];

    internal string Running => Name(Device.Snapshot("running"));

    internal static string Name(XElement tree) => tree.Descendants(Sys + "hostname").FirstOrDefault()?.Value ?? "";

    internal static XElement System(string name) => new(Sys + "system", new XElement(Sys + "hostname", name), new XElement(Sys + "location", "lab"));

    internal async Task<NetconfSession> Connect(int device = 0, NetconfOptions? options = null)
    {
        var dial = new SshDial { Host = "127.0.0.1", Port = server.EndPoints[device].Port, Limits = SshLab.Limits, Algorithms = SshAlgorithms.Modern };
        using var credentials = SshLab.ByPassword();
        return await NetconfSession.ConnectAsync(new NetconfRoute.Ssh(transport, dial, credentials), options, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        transport.Dispose();
        server.Dispose();
        foreach (var device in Devices)
            device.Dispose();
    }
}
