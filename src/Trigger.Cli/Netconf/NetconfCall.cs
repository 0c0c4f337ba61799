using Trigger.Node;
using Trigger.Wire;
using Trigger.Wire.Netconf;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Netconf;

/// <summary>Everything that one session needs; owns it.</summary>
internal sealed class NetconfCall(NetconfOptions options, NetconfRoute route, SshTransport? transport, LineCredentials? credentials, SshWays? ways = null) : IDisposable
{
    public string UserName => credentials?.UserName ?? "";

    public Task<NetconfSession> Connect(CancellationToken cancel) => NetconfSession.ConnectAsync(route, options, cancel);

    public void Dispose()
    {
        credentials?.Dispose();
        transport?.Dispose();
        ways?.Dispose();
    }
}
