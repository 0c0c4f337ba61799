using System.Net;
using System.Net.Sockets;

namespace Trigger.Files.Tftp;

/// <summary>The way to one client, on a port that is this transfer's own: datagrams of others do not arrive.</summary>
internal sealed class TftpLine : IDisposable
{
    private readonly Socket socket;
    private readonly TimeProvider time;
    private readonly CancellationToken stop;
    private readonly byte[] buffer = new byte[65536];

    public TftpLine(IPAddress own, IPEndPoint client, TimeProvider time, CancellationToken stop)
    {
        (this.time, this.stop) = (time, stop);
        socket = new Socket(client.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(own, 0));
        socket.Connect(client);
    }

    public ValueTask<int> Send(ReadOnlyMemory<byte> datagram) => socket.SendAsync(datagram, SocketFlags.None, stop);

    /// <summary>The next datagram that is one, valid until the next is asked for; null when none came in time.</summary>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async ValueTask<TftpPacket?> Receive(DateTimeOffset until)
    {
        while (true)
        {
            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return null;

            using var patience = new CancellationTokenSource(left, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
            try
            {
                var length = await socket.ReceiveAsync(buffer, SocketFlags.None, either.Token);
                if (TftpPacket.Read(buffer.AsMemory(0, length)) is { } packet)
                    return packet;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    public DateTimeOffset In(TimeSpan wait) => time.GetUtcNow() + wait;

    public void Dispose() => socket.Dispose();
}
