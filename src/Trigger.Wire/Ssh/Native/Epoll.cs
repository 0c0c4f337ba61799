using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>One epoll descriptor, level-triggered, and its event buffer. <see cref="Wait"/> belongs to one thread.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    internal const uint Readable = 1;
    internal const uint Writable = 4;
    internal const uint HungUp = 0x10; // EPOLLHUP; reported whether asked for or not.
    internal const uint Broken = 8; // EPOLLERR; so, too.
    internal const uint FarEndClosed = 0x2000; // EPOLLRDHUP
    internal const uint OneListenerEach = 0x10000000; // EPOLLEXCLUSIVE

    private const int Capacity = 256;
    private const int Add = 1;
    private const int Remove = 2;
    private const int Modify = 3;

    // struct epoll_event is packed on x86-64 only; elsewhere the 64-bit key is aligned (sys/epoll.h, EPOLL_PACKED).
    private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = KeyOffset + sizeof(ulong);

    private readonly int descriptor;
    private readonly byte* events;

    internal Epoll()
    {
        descriptor = Libc.epoll_create1(Libc.SocketCloseOnExec);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());

        events = (byte*)NativeMemory.AllocZeroed((nuint)(Capacity * EventSize));
    }

    internal void Watch(int fd, uint interest, ulong key) => Control(Add, fd, interest, key);

    internal void Change(int fd, uint interest, ulong key) => Control(Modify, fd, interest, key);

    internal void Forget(int fd) => Control(Remove, fd, 0, 0);

    /// <summary>Waits and returns how many events can be read with <see cref="KeyAt"/>; -1 milliseconds wait for ever.</summary>
    internal int Wait(int milliseconds)
    {
        var count = Libc.epoll_wait(descriptor, events, Capacity, milliseconds);
        if (count >= 0)
            return count;

        var error = Marshal.GetLastPInvokeError();
        return error == Libc.Interrupted ? 0 : throw new Win32Exception(error);
    }

    internal uint EventsAt(int index) => MemoryMarshal.Read<uint>(new ReadOnlySpan<byte>(events + (index * EventSize), sizeof(uint)));

    internal ulong KeyAt(int index)
    {
        var entry = new ReadOnlySpan<byte>(events + (index * EventSize), EventSize);
        return MemoryMarshal.Read<ulong>(entry[KeyOffset..]);
    }

    public void Dispose()
    {
        _ = Libc.close(descriptor);
        NativeMemory.Free(events);
    }

    private void Control(int operation, int fd, uint interest, ulong key)
    {
        Span<byte> change = stackalloc byte[EventSize];
        MemoryMarshal.Write(change, interest);
        MemoryMarshal.Write(change[KeyOffset..], key);
        fixed (byte* pointer = change)
        {
            if (Libc.epoll_ctl(descriptor, operation, fd, pointer) < 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }
}
