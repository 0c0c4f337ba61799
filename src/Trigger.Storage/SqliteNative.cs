using System.Reflection;
using System.Runtime.InteropServices;

namespace Trigger.Storage;

/// <summary>
/// Chooses the native SQLite: the operating system's where it is installed, because that one gets security fixes; else the one in the package, which is of 2021.
/// </summary>
internal static class SqliteNative
{
    private static readonly Lazy<bool> Prepared = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.Batteries_V2.Init();
        return true;
    });

    public static void Prepare() => _ = Prepared.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0;
}
