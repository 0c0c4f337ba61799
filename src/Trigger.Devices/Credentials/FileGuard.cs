using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Trigger.Devices.Credentials;

/// <summary>Whether an open file may hold secrets. Asks about the open file, not its name, so that nobody can exchange it in between.</summary>
internal static class FileGuard
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(FileStream file)
    {
        if (OperatingSystem.IsWindows())
            return null; // Access lists have no mode to check; the folder of the user protects the file there.
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
            return "others can read this file, and it holds secrets. Run: chmod 600 on it.";
        return OperatingSystem.IsLinux() ? LinuxProblem(file.SafeFileHandle) : null;
    }

    [SupportedOSPlatform("linux")]
    private static string? LinuxProblem(SafeFileHandle file)
    {
        // statx(2): its layout is the same on every architecture. Owner at byte 20, mode at byte 28.
        var status = new byte[256];
        if (statx(file, "", AtEmptyPath, TypeModeAndOwner, status) != 0)
            return "its owner cannot be asked for.";
        if ((BitConverter.ToUInt16(status, 28) & FormatMask) != RegularFile)
            return "this is not a regular file.";
        return BitConverter.ToUInt32(status, 20) == geteuid() ? null : "this file belongs to somebody else.";
    }

    private const int AtEmptyPath = 0x1000;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int FormatMask = 0xF000;
    private const int RegularFile = 0x8000;

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(SafeFileHandle directory, [MarshalAs(UnmanagedType.LPStr)] string path, int flags, uint mask, byte[] status);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();
}
