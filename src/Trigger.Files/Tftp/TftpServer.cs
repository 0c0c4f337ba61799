using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Trigger.Files.Tftp;

/// <summary>
/// TFTP (RFC 1350 with the options of RFC 2347 to 2349): octet and netascii, block numbers that begin again at 0, and every transfer on a port of its own. It asks nobody who he is, so it is
/// to be reached from networks that are named only.
/// </summary>
public sealed class TftpServer : IAsyncDisposable
{
    private const int MostStrangers = 256;

    private readonly Socket socket;
    private readonly FileRoot root;
    private readonly ClientList clients;
    private readonly int most;
    private readonly TimeProvider time;
    private readonly Action<TransferNews> tell;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<EndPoint, Task> transfers = new();
    private readonly HashSet<IPAddress> strangers = [];
    private readonly Task listening;

    private TftpServer(Socket socket, FileRoot root, ClientList clients, int most, TimeProvider time, Action<TransferNews> tell)
    {
        (this.socket, this.root, this.clients, this.most, this.time, this.tell) = (socket, root, clients, most, time, tell);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        listening = Task.Run(Listen);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Why it must not listen there; null when it may.</summary>
    public static string? WhyNot(IPEndPoint at, ClientList clients) =>
        IPAddress.IsLoopback(at.Address) || !clients.IsEmpty ? null : $"TFTP asks nobody who he is: before it listens at {at}, say who may come (file-server.clients).";

    /// <summary>Listens, until it is disposed of.</summary>
    /// <param name="most">How many transfers there may be at a time; more are told to come again.</param>
    /// <param name="tell">Told of each transfer that is over, on any thread.</param>
    /// <exception cref="InvalidOperationException"><see cref="WhyNot"/> says why.</exception>
    /// <exception cref="SocketException">The address is not to be had.</exception>
    public static TftpServer Start(IPEndPoint at, FileRoot root, ClientList clients, int most, TimeProvider time, Action<TransferNews> tell)
    {
        if (WhyNot(at, clients) is { } reason)
            throw new InvalidOperationException(reason);
        var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(at);
            return new TftpServer(socket, root, clients, most, time, tell);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Breaks off what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await listening;
        await Task.WhenAll(transfers.Values);
        socket.Dispose();
        stop.Dispose();
    }

    private async Task Listen()
    {
        var buffer = new byte[TftpPacket.LongestRequest + 4];
        var anybody = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var came = await socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, anybody, stop.Token);
                // The answer comes from the address that was asked, or a careful client throws it away.
                Take(buffer.AsMemory(0, came.ReceivedBytes), (IPEndPoint)came.RemoteEndPoint, EndPoint.Address.Equals(anybody.Address) ? came.PacketInformation.Address : EndPoint.Address);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Somebody's port was closed, or a datagram was too long: the next one may be well.
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> datagram, IPEndPoint client, IPAddress asked)
    {
        if (!clients.Allows(client.Address))
        {
            // No answer, which could be sent to somebody who never asked; and not a word for each, or the log could be filled.
            if (strangers.Count < MostStrangers && strangers.Add(client.Address))
                tell(new TransferNews("tftp", client.ToString(), "", false, 0, "this client is not among file-server.clients"));
            return;
        }

        // A request that comes again while it is being answered was only impatient.
        if (TftpPacket.Read(datagram) is not TftpPacket.Request request || transfers.ContainsKey(client))
            return;

        if (transfers.Count >= most)
        {
            _ = socket.SendTo(TftpPacket.WriteError(TftpError.Undefined, "busy, come again"), client);
            return;
        }

        var begun = new TaskCompletionSource();
        transfers[client] = begun.Task;
        _ = Serve(request, client, asked, begun);
    }

    private async Task Serve(TftpPacket.Request request, IPEndPoint client, IPAddress asked, TaskCompletionSource over)
    {
        await Task.Yield();
        var news = new TransferNews("tftp", client.ToString(), request.Name, request.Writes, 0, "the server stopped");
        try
        {
            using var line = new TftpLine(asked, client, time, stop.Token);
            var (bytes, fault) = await new TftpTransfer(request, root, line).Run();
            news = news with { Bytes = bytes, Fault = fault };
        }
        catch (OperationCanceledException)
        {
        }
        catch (SocketException failure)
        {
            news = news with { Fault = failure.SocketErrorCode == SocketError.ConnectionRefused ? "the client is gone" : failure.Message };
        }
        finally
        {
            transfers.TryRemove(client, out _);
            tell(news);
            over.SetResult();
        }
    }
}
