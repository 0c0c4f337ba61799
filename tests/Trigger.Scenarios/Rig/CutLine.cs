using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Trigger.Scenarios.Rig;

/// <summary>A way to a database that can be cut as a network is: what is sent is lost without a word, and nobody's connection ends.</summary>
internal sealed partial class CutLine : IAsyncDisposable
{
    private readonly Process relay;

    public CutLine(string address)
    {
        var to = HostAndPort().Match(address);
        var port = Ports.Free();
        Address = address.Replace(to.Value, $"@127.0.0.1:{port}/", StringComparison.Ordinal);
        // A group of its own: every connection is a process of the relay's, and all of them are stopped at once.
        relay = Process.Start(new ProcessStartInfo("setsid", ["socat", $"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork", $"TCP:{to.Groups[1].Value}:{to.Groups[2].Value}"]))!;
    }

    /// <summary>The database's address, by this way.</summary>
    public string Address { get; }

    public Task Cut() => Tell("STOP");

    public Task Mend() => Tell("CONT");

    public async ValueTask DisposeAsync()
    {
        await Tell("KILL");
        await relay.WaitForExitAsync();
        relay.Dispose();
    }

    private Task<string> Tell(string signal) => Tool.Run("/bin/bash", "-c", $"kill -{signal} -- -{relay.Id}");

    [GeneratedRegex("@([^:/@]+):([0-9]+)/")]
    private static partial Regex HostAndPort();
}
