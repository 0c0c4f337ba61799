using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>The few Linux calls under the reactor. Constants are those of Linux, the same on x86-64 and arm64.</summary>
internal static unsafe partial class Libc
{
    internal const int SocketStream = 1;
    internal const int SocketNonBlocking = 0x800;
    internal const int SocketCloseOnExec = 0x80000;
    internal const int FcntlSetFlags = 4;
    internal const int FcntlDuplicateCloseOnExec = 1030;
    internal const int OpenReadWriteNonBlocking = 0x802;
    internal const int OpenAppendCreate = 0x80442; // O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC
    internal const int SolSocket = 1;
    internal const int SoReuseAddress = 2;
    internal const int SoError = 4;
    internal const int SoKeepAlive = 9;
    internal const int SoLinger = 13;
    internal const int IpProtoTcp = 6;
    internal const int TcpNoDelay = 1;
    internal const int TcpKeepIdle = 4;
    internal const int TcpKeepInterval = 5;
    internal const int TcpKeepCount = 6;
    internal const int MsgPeekDontWait = 0x42;
    internal const int MsgDontWait = 0x40;
    internal const int ShutdownWrite = 1;
    internal const int Interrupted = 4;
    internal const int WouldBlock = 11;
    internal const int InProgress = 115;

    private const string Library = "libc";

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int connect(int fd, byte* address, int length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bind(int fd, byte* address, int length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int listen(int fd, int backlog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int accept4(int fd, byte* address, int* length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getsockname(int fd, byte* address, int* length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getsockopt(int fd, int level, int option, void* value, int* length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setsockopt(int fd, int level, int option, void* value, int length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(int fd, int command, int argument);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, int mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int shutdown(int fd, int how);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint recv(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint read(int fd, void* buffer, nint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint write(int fd, void* buffer, nint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int eventfd(uint value, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_ctl(int epoll, int operation, int fd, byte* change);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_wait(int epoll, byte* events, int capacity, int milliseconds);
}
