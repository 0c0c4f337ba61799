using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Trigger.Wire.Ssh;

namespace Trigger.Wire.Netconf;

/// <summary>
/// Waits for devices that call home (RFC 8071) and gives out their sessions as they are ready. One listener serves any number of devices, which it tells apart by host key, since the address
/// that called proves nothing; strangers are turned away before any secret is sent. It stays up whatever a caller does.
/// </summary>
public sealed class CallHomeListener : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly CallHomeOptions options;
    private readonly Socket listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim handshakes;
    private readonly Channel<CalledHome> ready = Channel.CreateUnbounded<CalledHome>();
    private readonly Task accepting;

    private CallHomeListener(CallHomeOptions options)
    {
        this.options = options;
        handshakes = new SemaphoreSlim(options.MostHandshakes);
        listener = new Socket(options.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(options.EndPoint);
        listener.Listen(Backlog);
        accepting = Task.Run(Accept);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Sessions with devices that were recognised; who takes one owns it. Ends when the listener is disposed of.</summary>
    public ChannelReader<CalledHome> Sessions => ready.Reader;

    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public static CallHomeListener Start(CallHomeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CallHomeListener(options);
    }

    /// <summary>Hears no more callers. Sessions that nobody has taken are ended; the others go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await accepting.ConfigureAwait(false);

        // The last of those who are still shaking hands has left when all places are free.
        for (var i = 0; i < options.MostHandshakes; i++)
            await handshakes.WaitAsync(CancellationToken.None).ConfigureAwait(false);

        ready.Writer.TryComplete();
        while (ready.Reader.TryRead(out var unwanted))
            unwanted.Session.Abort();

        handshakes.Dispose();
        stopping.Dispose();
    }

    // A flood waits in the kernel's queue, and is dropped there: only so many callers cost us anything at a time.
    private async Task Accept()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await handshakes.WaitAsync(stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                var caller = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
                _ = Meet(caller);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The caller was gone before it was met; or we are stopping.
                handshakes.Release();
            }
        }
    }

    private async Task Meet(Socket caller)
    {
        var from = caller.RemoteEndPoint?.ToString() ?? "somebody";
        try
        {
            ready.Writer.TryWrite(await Recognize(caller, from).ConfigureAwait(false));
        }
        catch (NetconfException refused)
        {
            options.Refused?.Invoke(from, refused.Fault);
        }
        catch (OperationCanceledException)
        {
            // We are stopping.
        }
        finally
        {
            handshakes.Release();
        }
    }

    private async Task<CalledHome> Recognize(Socket caller, string from)
    {
        CallHomeDevice? device = null;
        var dial = new SshDial
        {
            Host = from,
            Port = 0,
            Limits = options.Limits,
            Algorithms = options.Algorithms,
            Recognize = key => (device = options.Recognize(key)) is not null,
        };
        var route = new NetconfRoute.CallHome(options.Transport, caller, dial, _ => device!.Credentials);
        var session = await NetconfSession.ConnectAsync(route, options.Netconf, stopping.Token).ConfigureAwait(false);
        return new CalledHome(device!.Name, session);
    }
}
