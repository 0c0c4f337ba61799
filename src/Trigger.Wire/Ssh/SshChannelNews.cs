using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// What libssh calls back about channels, for the sessions of one reactor: how commands ended, and that a tunnel moved. libssh does not copy the tables of callbacks, so
/// two live as long as the reactor and serve all of its channels. Listeners only take note: libssh must not be called from within a callback.
/// </summary>
internal sealed unsafe class SshChannelNews : IDisposable
{
    private readonly Dictionary<nint, Action<LineExit>> endings = [];
    private readonly Dictionary<nint, Action> movements = [];
    private readonly LibSshServer.ChannelCallbacks* forEndings;
    private readonly LibSshServer.ChannelCallbacks* forMovements;
    private GCHandle self;

    internal SshChannelNews()
    {
        self = GCHandle.Alloc(this);
        var size = (nuint)sizeof(LibSshServer.ChannelCallbacks);
        var user = GCHandle.ToIntPtr(self);
        forEndings = (LibSshServer.ChannelCallbacks*)NativeMemory.AllocZeroed(size);
        *forEndings = new LibSshServer.ChannelCallbacks { Size = size, UserData = user, ExitStatus = &Exited, ExitSignal = &Signalled };
        forMovements = (LibSshServer.ChannelCallbacks*)NativeMemory.AllocZeroed(size);
        *forMovements = new LibSshServer.ChannelCallbacks
        {
            Size = size, UserData = user, Data = &Arrived, EndOfFile = &Moved, Close = &Moved, WriteWontBlock = &Opened,
        };
    }

    /// <summary>Tells how the command on a channel ended.</summary>
    internal void OnEnding(nint channel, Action<LineExit> heard)
    {
        endings[channel] = heard;
        _ = LibSshServer.ssh_set_channel_callbacks(channel, forEndings);
    }

    /// <summary>Tells that bytes, the end, or room for more have come.</summary>
    internal void OnMovement(nint channel, Action heard)
    {
        movements[channel] = heard;
        _ = LibSshServer.ssh_set_channel_callbacks(channel, forMovements);
    }

    /// <summary>Must come before the channel is freed; libssh keeps one that the far end has not closed yet, and gives its address to the next channel later.</summary>
    internal void Forget(nint channel)
    {
        endings.Remove(channel);
        movements.Remove(channel);
    }

    /// <summary>Must come after the last session of the reactor.</summary>
    public void Dispose()
    {
        NativeMemory.Free(forEndings);
        NativeMemory.Free(forMovements);
        self.Free();
    }

    // Nothing here may throw: C frames are below.
    private static SshChannelNews? Of(nint user) => GCHandle.FromIntPtr(user).Target as SshChannelNews;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Exited(nint session, nint channel, int status, nint user)
    {
        if (Of(user)?.endings.GetValueOrDefault(channel) is { } heard)
            heard(new LineExit(status));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Signalled(nint session, nint channel, byte* signal, int core, byte* message, byte* language, nint user)
    {
        if (Of(user)?.endings.GetValueOrDefault(channel) is { } heard)
            heard(new LineExit(null, FarText.Show(LibSsh.Borrow((nint)signal) ?? ""), core != 0, FarText.Show(LibSsh.Borrow((nint)message) ?? "")));
    }

    // Nothing is taken here: what stays with libssh holds the window shut, which is how a slow reader slows its writer.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Arrived(nint session, nint channel, byte* bytes, uint length, int isStderr, nint user)
    {
        Note(channel, user);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Moved(nint session, nint channel, nint user) => Note(channel, user);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Opened(nint session, nint channel, uint room, nint user)
    {
        Note(channel, user);
        return 0;
    }

    private static void Note(nint channel, nint user) => Of(user)?.movements.GetValueOrDefault(channel)?.Invoke();
}
