using System.Reflection;
using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>libssh's client calls, by their C names (libssh.h of 0.10). A session is touched by one thread only.</summary>
internal static unsafe partial class LibSsh
{
    internal const int Ok = 0;
    internal const int Error = -1;
    internal const int Again = -2;
    internal const int EndOfFile = -127;

    internal const int AuthSuccess = 0;
    internal const int AuthDenied = 1;
    internal const int AuthPartial = 2;
    internal const int AuthInfo = 3;
    internal const int AuthAgain = 4;

    internal const int MethodPassword = 0x02;
    internal const int MethodPublicKey = 0x04;
    internal const int MethodHostBased = 0x08;
    internal const int MethodInteractive = 0x10;
    internal const int MethodGssapi = 0x20;

    internal const int StatusClosed = 1;
    internal const int StatusClosedError = 4;
    internal const int StatusWritePending = 8;

    internal const int RequestDenied = 1;

    private const string Library = "libssh";

    // Runs before the first call into the class, whoever makes it, and only once: no race over the resolver.
    static LibSsh() => NativeLibrary.SetDllImportResolver(typeof(LibSsh).Assembly, Resolve);

    /// <summary>enum ssh_options_e, the values we set. PROCESS_CONFIG is one byte, PORT is unsigned, FD is an int.</summary>
    internal enum Option
    {
        Host = 0,
        Port = 1,
        Fd = 3,
        User = 4,
        SshDir = 5,
        KnownHosts = 8,
        CiphersOut = 15,
        CiphersIn = 16,
        KeyExchange = 24,
        HostKeys = 25,
        MacsOut = 29,
        MacsIn = 30,
        GlobalKnownHosts = 35,
        PublicKeyAcceptedTypes = 37,
        ProcessConfig = 38,
        IdentityAgent = 42,
    }

    /// <summary>struct ssh_counter_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Counter
    {
        internal ulong InBytes;
        internal ulong OutBytes;
        internal ulong InPackets;
        internal ulong OutPackets;
    }

    /// <summary>Loads the library. Returns null, or one sentence that says what to install.</summary>
    internal static string? WhyUnusable()
    {
        const string Remedy = "SSH needs libssh 0.10 or later: apt-get install libssh-4 (Debian, Ubuntu), dnf install libssh (Fedora, RHEL), apk add libssh (Alpine), "
            + "pacman -S libssh (Arch) or brew install libssh (macOS).";
        try
        {
            return ssh_version(0x000A00) == 0 ? Remedy : null;
        }
        catch (DllNotFoundException)
        {
            return Remedy;
        }
        catch (EntryPointNotFoundException)
        {
            return Remedy;
        }
    }

    [LibraryImport(Library)]
    internal static partial nint ssh_version(int required);

    [LibraryImport(Library)]
    internal static partial int ssh_set_log_level(int level);

    [LibraryImport(Library)]
    internal static partial int ssh_set_log_callback(delegate* unmanaged[Cdecl]<int, byte*, byte*, nint, void> callback);

    [LibraryImport(Library)]
    internal static partial int ssh_set_log_userdata(nint data);

    [LibraryImport(Library)]
    internal static partial nint ssh_new();

    [LibraryImport(Library)]
    internal static partial void ssh_free(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_options_set(nint session, Option option, void* value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_options_set(nint session, Option option, string value);

    [LibraryImport(Library)]
    internal static partial void ssh_set_blocking(nint session, int blocking);

    [LibraryImport(Library)]
    internal static partial void ssh_set_counters(nint session, Counter* socket, Counter* raw);

    [LibraryImport(Library)]
    internal static partial int ssh_connect(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_get_status(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_get_fd(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_get_error(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_get_error_code(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_get_serverbanner(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_get_issue_banner(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_get_kex_algo(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_get_cipher_in(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_get_hmac_in(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_get_server_publickey(nint session, out nint key);

    [LibraryImport(Library)]
    internal static partial int ssh_pki_export_pubkey_base64(nint key, out nint text);

    [LibraryImport(Library)]
    internal static partial int ssh_pki_import_privkey_base64(byte* text, byte* passphrase, nint callback, nint data, out nint key);

    [LibraryImport(Library)]
    internal static partial void ssh_key_free(nint key);

    [LibraryImport(Library)]
    internal static partial void ssh_string_free_char(nint text);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_userauth_none(nint session, string user);

    [LibraryImport(Library)]
    internal static partial int ssh_userauth_list(nint session, nint user);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_userauth_password(nint session, string user, byte* password);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_userauth_publickey(nint session, string user, nint key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_userauth_agent(nint session, string user);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_userauth_kbdint(nint session, string user, string? submethods);

    [LibraryImport(Library)]
    internal static partial int ssh_userauth_kbdint_getnprompts(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_userauth_kbdint_getprompt(nint session, uint index, out byte echo);

    [LibraryImport(Library)]
    internal static partial int ssh_userauth_kbdint_setanswer(nint session, uint index, byte* answer);

    [LibraryImport(Library)]
    internal static partial nint ssh_channel_new(nint session);

    [LibraryImport(Library)]
    internal static partial void ssh_channel_free(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_open_session(nint channel);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_channel_request_pty_size(nint channel, string terminal, int columns, int rows);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_request_shell(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_change_pty_size(nint channel, int columns, int rows);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_channel_request_env(nint channel, string name, string value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_channel_open_forward(nint channel, string host, int port, string sourceHost, int sourcePort);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_poll(nint channel, int isStderr);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_get_exit_status(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_send_keepalive(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_userauth_kbdint_getname(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_userauth_kbdint_getinstruction(nint session);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_channel_request_exec(nint channel, string command);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_channel_request_subsystem(nint channel, string subsystem);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_read_nonblocking(nint channel, byte* buffer, uint length, int isStderr);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_write(nint channel, byte* bytes, uint length);

    [LibraryImport(Library)]
    internal static partial uint ssh_channel_window_size(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_is_eof(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_is_closed(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_send_eof(nint channel);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_close(nint channel);

    /// <summary>Text that stays libssh's: errors, server version, algorithm names, prompts.</summary>
    internal static string? Borrow(nint text) => Marshal.PtrToStringUTF8(text);

    /// <summary>Text that libssh gave away: exported keys, the issue banner.</summary>
    internal static string? Take(nint text)
    {
        var value = Marshal.PtrToStringUTF8(text);
        if (text != 0)
            ssh_string_free_char(text);

        return value;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;

        // Never the bare libssh.so: that is the development package's.
        string[] candidates = OperatingSystem.IsMacOS()
            ? ["libssh.4.dylib", "/opt/homebrew/lib/libssh.4.dylib", "/usr/local/lib/libssh.4.dylib"]
            : OperatingSystem.IsWindows() ? ["ssh.dll", "libssh.dll"] : ["libssh.so.4"];

        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }

        return 0;
    }
}
