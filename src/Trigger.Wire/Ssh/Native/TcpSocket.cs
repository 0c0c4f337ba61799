using System.Net;
using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>Non-blocking TCP descriptors: libssh wants a number, so the runtime's Socket cannot own them. Errors are errno values.</summary>
internal static unsafe class TcpSocket
{
    /// <summary>Starts a connect. Returns the descriptor, or minus errno.</summary>
    internal static int StartConnect(IPEndPoint to, IPAddress? from = null)
    {
        var fd = Open(to);
        if (fd < 0)
            return fd;

        Set(fd, Libc.IpProtoTcp, Libc.TcpNoDelay, 1);
        KeepAlive(fd);
        if (from is not null && Bind(fd, from) is not 0 and var refused)
        {
            _ = Libc.close(fd);
            return -refused;
        }

        var address = to.Serialize();
        fixed (byte* pointer = address.Buffer.Span)
        {
            if (Libc.connect(fd, pointer, address.Size) == 0)
                return fd;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error == Libc.InProgress)
            return fd;

        _ = Libc.close(fd);
        return -error;
    }

    /// <summary>Listens; port 0 asks the system for one. Returns the descriptor, or minus errno.</summary>
    internal static int Listen(IPEndPoint on, int backlog)
    {
        var fd = Open(on);
        if (fd < 0)
            return fd;

        Set(fd, Libc.SolSocket, Libc.SoReuseAddress, 1);
        var address = on.Serialize();
        fixed (byte* pointer = address.Buffer.Span)
        {
            if (Libc.bind(fd, pointer, address.Size) == 0 && Libc.listen(fd, backlog) == 0)
                return fd;
        }

        var error = Marshal.GetLastPInvokeError();
        _ = Libc.close(fd);
        return -error;
    }

    internal static IPEndPoint LocalEndPoint(int fd, IPEndPoint like)
    {
        var address = like.Serialize();
        var length = address.Size;
        fixed (byte* pointer = address.Buffer.Span)
            _ = Libc.getsockname(fd, pointer, &length);

        return (IPEndPoint)like.Create(address);
    }

    /// <summary>Who is at the other end; null when nobody is any more.</summary>
    internal static IPEndPoint? FarEndPoint(int fd, IPEndPoint like)
    {
        var address = like.Serialize();
        var length = address.Size;
        fixed (byte* pointer = address.Buffer.Span)
            return Libc.getpeername(fd, pointer, &length) == 0 ? (IPEndPoint)like.Create(address) : null;
    }

    /// <summary>The next connection of a listener, or -1 when there is none.</summary>
    internal static int Accept(int listener)
    {
        var fd = Libc.accept4(listener, null, null, Libc.SocketNonBlocking | Libc.SocketCloseOnExec);
        if (fd >= 0)
            Set(fd, Libc.IpProtoTcp, Libc.TcpNoDelay, 1);

        return fd;
    }

    /// <summary>What became of a connect: 0 or an errno value.</summary>
    internal static int ConnectError(int fd)
    {
        int error = 0, length = sizeof(int);
        _ = Libc.getsockopt(fd, Libc.SolSocket, Libc.SoError, &error, &length);
        return error;
    }

    /// <summary>The kernel's number for a socket, never given twice (Linux's SO_COOKIE); 0 when the descriptor is none.</summary>
    internal static ulong Cookie(int fd)
    {
        ulong cookie = 0;
        var length = sizeof(ulong);
        return Libc.getsockopt(fd, Libc.SolSocket, Libc.SoCookie, &cookie, &length) == 0 ? cookie : 0;
    }

    /// <summary>Looks at what has arrived without taking it. Returns the count, 0 at the end of the stream, or -1.</summary>
    internal static int Peek(int fd, Span<byte> into)
    {
        fixed (byte* pointer = into)
            return (int)Libc.recv(fd, pointer, into.Length, Libc.MsgPeekDontWait);
    }

    /// <summary>A second descriptor of the same connection, or minus errno.</summary>
    internal static int Duplicate(int fd)
    {
        var twin = Libc.fcntl(fd, Libc.FcntlDuplicateCloseOnExec, 3);
        return twin >= 0 ? twin : -Marshal.GetLastPInvokeError();
    }

    // libssh 0.10 clears O_NONBLOCK on its first writable event; without this a write to a peer that does not read blocks the reactor.
    internal static void KeepNonBlocking(int fd) => _ = Libc.fcntl(fd, Libc.FcntlSetFlags, Libc.OpenReadWriteNonBlocking);

    /// <summary>Makes the close that follows a reset: what is unsent is thrown away.</summary>
    internal static void ResetOnClose(int fd)
    {
        var linger = 1L; // struct linger { int l_onoff = 1; int l_linger = 0; }, little-endian as all our targets are.
        _ = Libc.setsockopt(fd, Libc.SolSocket, Libc.SoLinger, &linger, sizeof(long));
    }

    /// <summary>Says that nothing more will be sent; what is queued still goes.</summary>
    internal static void EndSending(int fd) => _ = Libc.shutdown(fd, Libc.ShutdownWrite);

    /// <summary>Throws away what has arrived; true when the far end has closed, or the connection is gone.</summary>
    internal static bool DiscardUntilEnd(int fd, Span<byte> scratch)
    {
        fixed (byte* pointer = scratch)
        {
            nint count;
            do
                count = Libc.recv(fd, pointer, scratch.Length, Libc.MsgDontWait);
            while (count > 0);

            return count == 0 || Marshal.GetLastPInvokeError() is not (Libc.WouldBlock or Libc.Interrupted);
        }
    }

    internal const int NothingYet = -Libc.WouldBlock;

    /// <summary>Two ends of one connection within this machine, not blocking; null when no descriptor is left.</summary>
    internal static (int Ours, int Theirs)? Pair()
    {
        var ends = stackalloc int[2];
        return Libc.socketpair(Libc.FamilyUnix, Libc.SocketStream | Libc.SocketNonBlocking | Libc.SocketCloseOnExec, 0, ends) == 0 ? (ends[0], ends[1]) : null;
    }

    /// <summary>Makes a descriptor wait, for a program that expects that.</summary>
    internal static void Block(int fd) => _ = Libc.fcntl(fd, Libc.FcntlSetFlags, Libc.OpenReadWrite);

    /// <summary>Writes what is taken without waiting. Returns the count, which may be 0; a connection that is gone takes nothing, and says so when it is read.</summary>
    internal static int Write(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
            return Math.Max(0, (int)Libc.send(fd, pointer, bytes.Length, Libc.MsgDontWaitNoSignal));
    }

    /// <summary>Reads what has arrived. Returns the count, 0 at the end, <see cref="NothingYet"/>, or minus another errno.</summary>
    internal static int Read(int fd, Span<byte> into)
    {
        fixed (byte* pointer = into)
        {
            var count = (int)Libc.recv(fd, pointer, into.Length, Libc.MsgDontWait);
            return count >= 0 ? count : Marshal.GetLastPInvokeError() is Libc.WouldBlock or Libc.Interrupted ? NothingYet : -Marshal.GetLastPInvokeError();
        }
    }

    internal static void Close(int fd) => _ = Libc.close(fd);

    private static int Bind(int fd, IPAddress from)
    {
        var address = new IPEndPoint(from, 0).Serialize();
        fixed (byte* pointer = address.Buffer.Span)
            return Libc.bind(fd, pointer, address.Size) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static int Open(IPEndPoint endPoint)
    {
        // AF_INET is 2 and AF_INET6 is 10 on Linux; the runtime's AddressFamily has Windows' numbers.
        var family = endPoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 10 : 2;
        var fd = Libc.socket(family, Libc.SocketStream | Libc.SocketNonBlocking | Libc.SocketCloseOnExec, 0);
        return fd >= 0 ? fd : -Marshal.GetLastPInvokeError();
    }

    // A peer that vanished without a word is noticed within two minutes, by the kernel, at no cost to an idle session of ours.
    private static void KeepAlive(int fd)
    {
        Set(fd, Libc.SolSocket, Libc.SoKeepAlive, 1);
        Set(fd, Libc.IpProtoTcp, Libc.TcpKeepIdle, 60);
        Set(fd, Libc.IpProtoTcp, Libc.TcpKeepInterval, 20);
        Set(fd, Libc.IpProtoTcp, Libc.TcpKeepCount, 3);
    }

    private static void Set(int fd, int level, int option, int value) => _ = Libc.setsockopt(fd, level, option, &value, sizeof(int));
}
