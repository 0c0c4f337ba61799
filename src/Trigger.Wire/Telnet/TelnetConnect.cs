using System.Net;
using System.Net.Sockets;

namespace Trigger.Wire.Telnet;

/// <summary>From a dial to a connected socket, or the fault that prevented it.</summary>
internal static class TelnetConnect
{
    /// <summary>Tries the addresses in turn; each gets its share of the time that is left.</summary>
    /// <exception cref="OperationCanceledException">The caller lost interest.</exception>
    internal static async Task<(Socket? Socket, WireFault? Fault)> Open(TelnetDial dial, TimeProvider time, CancellationToken lostInterest)
    {
        var began = time.GetTimestamp();
        var limit = dial.Limits.Connect;
        var answer = HostLookup.Literal(dial.Host) is { } literal
            ? new HostLookup.Answer([literal], null)
            : await HostLookup.Ask(dial.Host, limit, time).ConfigureAwait(false);

        var fault = answer.Fault;
        for (var i = 0; i < answer.Addresses.Count; i++)
        {
            lostInterest.ThrowIfCancellationRequested();
            var share = (limit - time.GetElapsedTime(began)) / (answer.Addresses.Count - i);
            var (socket, failure) = await Try(new IPEndPoint(answer.Addresses[i], dial.Port), share, limit, time, lostInterest).ConfigureAwait(false);
            if (socket is not null)
                return (socket, null);

            fault = failure;
        }

        return (null, fault);
    }

    internal static string Reason(SocketException error) => error.Message;

    private static async Task<(Socket? Socket, WireFault? Fault)> Try(
        IPEndPoint to, TimeSpan share, TimeSpan limit, TimeProvider time, CancellationToken lostInterest)
    {
        using var deadline = new CancellationTokenSource(share > TimeSpan.Zero ? share : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, lostInterest);
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;

            // The data mark of a Synch comes as urgent data (RFC 854). Left out of line it would tear its IAC from the stream's next byte.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, true);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 20);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(to, either.Token).ConfigureAwait(false);
            return (socket, null);
        }
        catch (OperationCanceledException) when (!lostInterest.IsCancellationRequested)
        {
            socket.Dispose();
            return (null, new WireFault.Overdue("connecting", limit, ""));
        }
        catch (SocketException error)
        {
            socket.Dispose();
            return (null, Fault(error, to.ToString(), limit));
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static WireFault Fault(SocketException error, string address, TimeSpan limit) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new WireFault.Refused(address),
        SocketError.TimedOut => new WireFault.Overdue("connecting", limit, ""),
        SocketError.ConnectionReset => new WireFault.LineLost("connecting", Reason(error)),
        SocketError.TooManyOpenSockets => new WireFault.Misconfigured($"{Reason(error)}; raise the limit (ulimit -n)."),
        _ => new WireFault.Unreachable(address, Reason(error)),
    };
}
