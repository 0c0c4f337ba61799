using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Node.Clustering;
using Trigger.Node.Recordings;
using Trigger.Sessions;
using Trigger.Sessions.Recording;
using Trigger.Sessions.Telemetry;
using Trigger.Storage;
using Trigger.Wire.Ssh;
using Trigger.Wire.Telnet;

namespace Trigger.Node;

/// <summary>How a node's sessions reach their devices, and where what is recorded of them goes.</summary>
internal sealed class NodeLines : IAsyncDisposable
{
    private readonly NodeHostOptions options;
    private readonly Action<string> warn;
    private readonly SshTransport ssh;
    private readonly SessionRecorder recorder;

    /// <param name="who">The credentials that a device may be shown, which no recording may hold.</param>
    public NodeLines(NodeHostOptions options, IHostKeyStore keys, Database database, Func<NetDevice, IReadOnlyList<Credentials>> who, Action<string> warn)
    {
        (this.options, this.warn) = (options, warn);
        ssh = new SshTransport(keys, options.HostKeys, warn: warn);
        recorder = new SessionRecorder(new RecordingShelf(new RecordingTable(database), options.Time), who, options.Time, warn);
    }

    /// <summary>What all sessions of the node share.</summary>
    /// <param name="mayTalk">Asked before every byte that is sent.</param>
    public SessionPlan Plan(LineTaps taps, Func<NetDevice, bool> mayTalk, SessionFigures figures)
    {
        var dialer = new LineDialer(new TelnetDialer(), ssh, options.Ways, new TelnetFallback(options.TelnetFallback, options.Ways, warn));
        return new SessionPlan(taps.Into(GatedLine.Before(dialer.Dial, mayTalk)), options.Platforms, options.Time, options.LoginLimit)
        {
            Netconf = new NetconfDialer(ssh, options.Time, options.Ways).Open,
            Figures = figures,
            Recorder = recorder,
        };
    }

    /// <summary>To be called when no session is left: writes what is left of their recordings.</summary>
    public async ValueTask DisposeAsync()
    {
        await recorder.DisposeAsync().ConfigureAwait(false);
        ssh.Dispose();
    }
}
