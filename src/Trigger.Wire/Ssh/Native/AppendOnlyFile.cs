using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trigger.Wire.Ssh.Native;

/// <summary>
/// Appends whole lines to a file that other processes append to as well. O_APPEND with one write is what makes that safe, and the
/// runtime's FileMode.Append does not ask for it.
/// </summary>
internal static unsafe class AppendOnlyFile
{
    private const int OwnerReadWrite = 0x180; // 0600

    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    internal static void AppendLine(string path, string line)
    {
        var fd = Libc.open(path, Libc.OpenAppendCreate, OwnerReadWrite);
        if (fd < 0)
            throw Failure(path);

        using var file = new SafeFileHandle(fd, ownsHandle: true);
        var length = RandomAccess.GetLength(file);
        var last = (byte)'\n';
        if (length > 0)
            _ = RandomAccess.Read(file, new Span<byte>(ref last), length - 1);

        // A hand-edited file may lack its last line end; without this our record would be glued to it.
        var bytes = Encoding.UTF8.GetBytes(last == '\n' ? line + "\n" : "\n" + line + "\n");
        fixed (byte* pointer = bytes)
        {
            if (Libc.write(fd, pointer, bytes.Length) != bytes.Length)
                throw Failure(path);
        }
    }

    private static IOException Failure(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
}
