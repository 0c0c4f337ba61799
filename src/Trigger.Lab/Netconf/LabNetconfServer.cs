using System.Net;
using System.Xml.Linq;
using Trigger.Lab.Ssh;

namespace Trigger.Lab.Netconf;

/// <summary>Ways to a <see cref="LabNetconfDevice"/>.</summary>
public static class LabNetconfServer
{
    /// <summary>The device as a host of a <see cref="LabSshServer"/>, with the subsystem "netconf". Its shell says goodbye at once.</summary>
    public static LabSshHost HostOf(LabNetconfDevice device, IPEndPoint endPoint, LabSshLogin login) => new()
    {
        EndPoint = endPoint,
        Login = login,
        Shell = shell => new NoShell(shell),
        Subsystem = (shell, name) => Serve(device, shell, name),
    };

    /// <summary>The device's side of the subsystem "netconf"; null for any other.</summary>
    internal static ILabShell? Serve(LabNetconfDevice device, LabSshShell shell, string subsystem) => subsystem == "netconf" ? new Session(device, shell) : null;

    /// <summary>A configuration to begin with: the device's name, as ietf-system (RFC 7317) writes it.</summary>
    internal static XElement SystemOf(string name)
    {
        XNamespace ns = "urn:ietf:params:xml:ns:yang:ietf-system";
        return new XElement(ns + "system", new XElement(ns + "hostname", name), new XElement(ns + "location", "lab"));
    }

    /// <summary>Serves one session on a stream until either side ends it, and closes the stream.</summary>
    public static async Task ServeAsync(LabNetconfDevice device, Stream stream, string userName, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await using var owned = stream.ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var outbox = System.Threading.Channels.Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        using var session = new LabNetconfSession(device, userName, bytes => outbox.Writer.TryWrite(bytes), () => outbox.Writer.TryComplete());
        session.Begin();
        var writing = Write();
        var buffer = new byte[32 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, over.Token).ConfigureAwait(false) is var count and > 0)
                session.Receive(buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone, or we have said goodbye.
        }

        outbox.Writer.TryComplete();
        await writing.ConfigureAwait(false);

        async Task Write()
        {
            try
            {
                await foreach (var bytes in outbox.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                    await stream.WriteAsync(bytes, over.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }

            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    private sealed class Session : ILabShell, IDisposable
    {
        private readonly LabNetconfSession session;

        public Session(LabNetconfDevice device, LabSshShell shell) => session = new LabNetconfSession(device, shell.UserName, shell.Write, () => shell.Exit(0));

        public void Opened(bool terminal) => session.Begin();

        public void Received(ReadOnlySpan<byte> bytes) => session.Receive(bytes);

        public void Closed() => Dispose();

        public void Dispose() => session.Dispose();
    }

    private sealed class NoShell(LabSshShell shell) : ILabShell
    {
        public void Opened(bool terminal) => shell.Exit(1);

        public void Received(ReadOnlySpan<byte> bytes)
        {
        }

        public void Closed()
        {
        }
    }
}
