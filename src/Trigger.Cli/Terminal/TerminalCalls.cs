using System.Runtime.InteropServices;

namespace Trigger.Cli.Terminal;

/// <summary>The C library's calls about terminals. A termios is taken for a run of bytes that only the library looks into, so that its layout is nobody's guess.</summary>
internal static class TerminalCalls
{
    /// <summary>More than any platform's termios has.</summary>
    public const int TermiosLength = 256;

    public const int ApplyAfterOutput = 1; // TCSADRAIN
    public const int ApplyAndForgetInput = 2; // TCSAFLUSH
    public const short Readable = 1; // POLLIN
    public const short Writable = 4; // POLLOUT
    public const int CloseOnExec = 0x80000; // O_CLOEXEC
    public const int Interrupted = 4; // EINTR
    public const int WouldBlock = 11; // EAGAIN on Linux; elsewhere it comes only for a screen that somebody made non-blocking

    private const string Library = "libc";

    // TIOCGWINSZ is not the same everywhere.
    private static readonly nuint WindowSize = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;

    /// <summary>Columns and rows of the terminal behind a descriptor, or null.</summary>
    public static (int Columns, int Rows)? SizeOf(int fd)
    {
        var size = new ushort[4];
        return ioctl(fd, WindowSize, size) == 0 && size[0] > 0 && size[1] > 0 ? (size[1], size[0]) : null;
    }

    /// <summary>What ^Z does to a program that has no answer to it.</summary>
    public static void StopMyself() => _ = kill(Environment.ProcessId, OperatingSystem.IsMacOS() ? 17 : 19); // SIGSTOP

    [DllImport(Library)]
    public static extern int isatty(int fd);

    [DllImport(Library, SetLastError = true)]
    public static extern int tcgetattr(int fd, [Out] byte[] termios);

    [DllImport(Library, SetLastError = true)]
    public static extern int tcsetattr(int fd, int when, byte[] termios);

    [DllImport(Library)]
    public static extern void cfmakeraw([In, Out] byte[] termios);

    [DllImport(Library, SetLastError = true)]
    public static extern int poll([In, Out] Poll[] what, nuint count, int milliseconds);

    [DllImport(Library, SetLastError = true)]
    public static extern nint read(int fd, [Out] byte[] buffer, nint length);

    [DllImport(Library, SetLastError = true)]
    public static extern nint write(int fd, byte[] buffer, nint length);

    [DllImport(Library, SetLastError = true)]
    public static extern int pipe2([Out] int[] ends, int flags);

    [DllImport(Library)]
    public static extern int close(int fd);

    [DllImport(Library, SetLastError = true)]
    private static extern int kill(int process, int signal);

    [DllImport(Library, SetLastError = true)]
    private static extern int ioctl(int fd, nuint request, [Out] ushort[] size);

    [StructLayout(LayoutKind.Sequential)]
    public struct Poll
    {
        public int Fd;
        public short Wanted;
        public short Happened;
    }
}
