using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>
/// An eventfd that ends an <see cref="Epoll.Wait"/> from another thread. Many calls cost one system call: the bell is only rung for a sleeper.
/// </summary>
internal sealed unsafe class WakeUp : IDisposable
{
    private int ringing = 1;

    internal WakeUp()
    {
        Descriptor = Libc.eventfd(0, Libc.SocketCloseOnExec | Libc.SocketNonBlocking);
        if (Descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    internal int Descriptor { get; }

    /// <summary>Called by anyone, after the work has been queued.</summary>
    internal void Ring()
    {
        if (Interlocked.Exchange(ref ringing, 1) != 0)
            return;

        ulong one = 1;
        _ = Libc.write(Descriptor, &one, sizeof(ulong));
    }

    /// <summary>Called by the sleeper before it looks at its queue a last time: from now on every <see cref="Ring"/> reaches the descriptor.</summary>
    internal void Arm() => Interlocked.Exchange(ref ringing, 0);

    /// <summary>Called by the sleeper once awake: whatever is queued from now on is seen before it sleeps again.</summary>
    internal void Silence() => Interlocked.Exchange(ref ringing, 1);

    /// <summary>Empties the descriptor after it has been reported readable.</summary>
    internal void Drain()
    {
        ulong count;
        _ = Libc.read(Descriptor, &count, sizeof(ulong));
    }

    public void Dispose() => _ = Libc.close(Descriptor);
}
