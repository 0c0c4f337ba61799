using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh.Native;

/// <summary>libssh's server calls (server.h, callbacks.h of 0.10), for devices that pretend.</summary>
internal static unsafe partial class LibSshServer
{
    internal const int KeyTypeRsa = 2;
    internal const int KeyTypeEd25519 = 5;
    internal const int MessageAuth = 1;

    private const string Library = "libssh";

    // Touching LibSsh runs its static constructor, and with it the resolver that knows the library's real name.
    static LibSshServer() => _ = LibSsh.WhyUnusable();

    /// <summary>enum ssh_bind_options_e, the values we set.</summary>
    internal enum BindOption
    {
        Banner = 6,
        ImportKey = 10,
        KeyExchange = 11,
        CiphersOut = 12,
        CiphersIn = 13,
        MacsOut = 14,
        MacsIn = 15,
        PublicKeyAcceptedTypes = 17,
        HostKeyAlgorithms = 18,
        ProcessConfig = 19,
    }

    /// <summary>struct ssh_server_callbacks_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ServerCallbacks
    {
        internal nuint Size;
        internal nint UserData;
        internal delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint, int> Password;
        internal delegate* unmanaged[Cdecl]<nint, byte*, nint, int> None;
        internal nint GssapiMic;
        internal delegate* unmanaged[Cdecl]<nint, byte*, nint, byte, nint, int> PublicKey;
        internal nint ServiceRequest;
        internal delegate* unmanaged[Cdecl]<nint, nint, nint> OpenChannel;
        internal nint GssapiSelectOid;
        internal nint GssapiAcceptContext;
        internal nint GssapiVerifyMic;
    }

    /// <summary>struct ssh_channel_callbacks_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ChannelCallbacks
    {
        internal nuint Size;
        internal nint UserData;
        internal delegate* unmanaged[Cdecl]<nint, nint, byte*, uint, int, nint, int> Data;
        internal delegate* unmanaged[Cdecl]<nint, nint, nint, void> EndOfFile;
        internal delegate* unmanaged[Cdecl]<nint, nint, nint, void> Close;
        internal nint Signal;
        internal delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> ExitStatus;
        internal delegate* unmanaged[Cdecl]<nint, nint, byte*, int, byte*, byte*, nint, void> ExitSignal;
        internal delegate* unmanaged[Cdecl]<nint, nint, byte*, int, int, int, int, nint, int> Terminal;
        internal delegate* unmanaged[Cdecl]<nint, nint, nint, int> Shell;
        internal nint AuthAgent;
        internal nint X11;
        internal nint WindowChange;
        internal delegate* unmanaged[Cdecl]<nint, nint, byte*, nint, int> Exec;
        internal nint Environment;
        internal delegate* unmanaged[Cdecl]<nint, nint, byte*, nint, int> Subsystem;
        internal delegate* unmanaged[Cdecl]<nint, nint, uint, nint, int> WriteWontBlock;
    }

    [LibraryImport(Library)]
    internal static partial nint ssh_bind_new();

    [LibraryImport(Library)]
    internal static partial void ssh_bind_free(nint bind);

    [LibraryImport(Library)]
    internal static partial int ssh_bind_options_set(nint bind, BindOption option, void* value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_bind_options_set(nint bind, BindOption option, string value);

    [LibraryImport(Library)]
    internal static partial int ssh_bind_accept_fd(nint bind, nint session, int fd);

    [LibraryImport(Library)]
    internal static partial int ssh_handle_key_exchange(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_blocking_flush(nint session, int milliseconds);

    [LibraryImport(Library)]
    internal static partial int ssh_set_server_callbacks(nint session, ServerCallbacks* callbacks);

    [LibraryImport(Library)]
    internal static partial int ssh_set_channel_callbacks(nint channel, ChannelCallbacks* callbacks);

    [LibraryImport(Library)]
    internal static partial void ssh_set_auth_methods(nint session, int methods);

    [LibraryImport(Library)]
    internal static partial void ssh_set_message_callback(nint session, delegate* unmanaged[Cdecl]<nint, nint, nint, int> callback, nint data);

    [LibraryImport(Library)]
    internal static partial int ssh_execute_message_callbacks(nint session);

    [LibraryImport(Library)]
    internal static partial int ssh_message_type(nint message);

    [LibraryImport(Library)]
    internal static partial int ssh_message_subtype(nint message);

    [LibraryImport(Library)]
    internal static partial nint ssh_message_auth_user(nint message);

    [LibraryImport(Library)]
    internal static partial int ssh_message_auth_kbdint_is_response(nint message);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_message_auth_interactive_request(
        nint message, string name, string instruction, uint count, byte** prompts, byte* echo);

    [LibraryImport(Library)]
    internal static partial int ssh_message_auth_reply_success(nint message, int partial);

    [LibraryImport(Library)]
    internal static partial int ssh_userauth_kbdint_getnanswers(nint session);

    [LibraryImport(Library)]
    internal static partial nint ssh_userauth_kbdint_getanswer(nint session, uint index);

    [LibraryImport(Library)]
    internal static partial int ssh_channel_request_send_exit_status(nint channel, int status);

    [LibraryImport(Library)]
    internal static partial int ssh_send_issue_banner(nint session, nint banner);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ssh_string_from_char(string text);

    [LibraryImport(Library)]
    internal static partial void ssh_string_free(nint text);

    [LibraryImport(Library)]
    internal static partial int ssh_pki_generate(int type, int bits, out nint key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ssh_pki_export_privkey_base64(nint key, string? passphrase, nint callback, nint data, out nint text);
}
