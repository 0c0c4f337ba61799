using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>
/// Keeps the last warnings that libssh logs on this thread. The reason of a failed key exchange is told there and nowhere else (0.10:
/// ssh_get_error then says "Socket error: Success"). Level, callback and user data are all per thread, so a log belongs to a reactor.
/// </summary>
internal sealed unsafe class LibSshLog : IDisposable
{
    private const int Warnings = 1; // Above this libssh logs what goes over the wire, passwords included.
    private const int MostLines = 16;

    private readonly List<string> lines = [];
    private GCHandle self;

    /// <summary>Must be created on the thread whose lines it keeps.</summary>
    internal LibSshLog()
    {
        self = GCHandle.Alloc(this);
        _ = LibSsh.ssh_set_log_userdata(GCHandle.ToIntPtr(self));
        _ = LibSsh.ssh_set_log_callback(&Logged);
        _ = LibSsh.ssh_set_log_level(Warnings);
    }

    internal IReadOnlyList<string> Lines => lines;

    internal void Clear() => lines.Clear();

    /// <summary>Must be called on the thread that created it.</summary>
    public void Dispose()
    {
        _ = LibSsh.ssh_set_log_level(0);
        _ = LibSsh.ssh_set_log_userdata(0);
        self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Logged(int priority, byte* function, byte* text, nint data)
    {
        // An exception must not unwind through C frames; a lost log line is the lesser evil.
        try
        {
            if (data == 0 || GCHandle.FromIntPtr(data).Target is not LibSshLog log)
                return;

            if (log.lines.Count == MostLines)
                log.lines.RemoveAt(0);

            log.lines.Add(Marshal.PtrToStringUTF8((nint)text) ?? "");
        }
        catch (Exception e) when (e is InvalidOperationException or OutOfMemoryException)
        {
        }
    }
}
