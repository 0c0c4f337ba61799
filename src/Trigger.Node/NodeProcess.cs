using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Trigger.Node;

/// <summary>A process that is a node and nothing else: up until it is told to stop, or is no member any more.</summary>
public static class NodeProcess
{
    /// <summary>Runs a node. SIGTERM and ^C hand its work over; the second time the process dies at once, which the cluster bears.</summary>
    /// <returns>The exit code: 0, or 1 when the cluster has put it out.</returns>
    /// <exception cref="NodeException">It cannot start.</exception>
    public static async Task<int> Run(NodeHostOptions options, ILogger log)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var node = await NodeHost.Start(options).ConfigureAwait(false);
        log.LogInformation("Node {Name} is up in the cluster at {Store}; its console is at {Address}", options.Name, RunRecords.Shown(options.Store), node.Address);
        Notify("READY=1");
        await Task.WhenAny(stop.Task, node.Cluster.WhenRemoved).ConfigureAwait(false);
        Notify("STOPPING=1");
        if (stop.Task.IsCompleted)
            log.LogInformation("Node {Name} hands its work over and leaves.", options.Name);
        else
            log.LogWarning("Node {Name} is no member of the cluster any more.", options.Name);
        return stop.Task.IsCompleted ? 0 : 1;

        void Stop(PosixSignalContext signal) => signal.Cancel = stop.TrySetResult();
    }

    // sd_notify(3): a datagram to the socket that the environment names, if systemd started us.
    private static void Notify(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;

        try
        {
            // A name that begins with @ is of the abstract namespace.
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
        }
        catch (SocketException)
        {
            // Whoever supervises us will notice by itself.
        }
    }
}
