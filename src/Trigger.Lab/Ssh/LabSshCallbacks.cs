using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Lab.Ssh;

/// <summary>
/// Where libssh calls back into us. It does not copy the tables of callbacks, so they live in native memory, one for each connection because
/// the user data is in them. No exception may leave these methods: C frames are below.
/// </summary>
internal static unsafe class LabSshCallbacks
{
    private const int Denied = 1;
    private const int Refused = -1;
    private const int Passed = 1; // A message we do not answer is answered by libssh, with a refusal.

    internal static LibSshServer.ServerCallbacks* ForServer(nint user)
    {
        var size = (nuint)sizeof(LibSshServer.ServerCallbacks);
        var table = (LibSshServer.ServerCallbacks*)NativeMemory.AllocZeroed(size);
        *table = new LibSshServer.ServerCallbacks
        {
            Size = size, UserData = user, Password = &Password, None = &None, PublicKey = &PublicKey, OpenChannel = &OpenChannel,
        };
        return table;
    }

    internal static LibSshServer.ChannelCallbacks* ForChannel(nint user)
    {
        var size = (nuint)sizeof(LibSshServer.ChannelCallbacks);
        var table = (LibSshServer.ChannelCallbacks*)NativeMemory.AllocZeroed(size);
        *table = new LibSshServer.ChannelCallbacks
        {
            Size = size, UserData = user, Data = &Data, EndOfFile = &Done, Close = &Done, Terminal = &Terminal, Shell = &Shell,
            Exec = &Exec, Subsystem = &Subsystem,
        };
        return table;
    }

    // 0.10 has no server callback for keyboard-interactive, only the older message interface.
    internal static void ListenForInteractive(nint session, nint user) => LibSshServer.ssh_set_message_callback(session, &Message, user);

    private static T Guard<T>(nint user, T otherwise, Func<LabSshConnection, T> answer)
    {
        try
        {
            return GCHandle.FromIntPtr(user).Target is LabSshConnection connection ? answer(connection) : otherwise;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return otherwise;
        }
    }

    private static int Admit(LabSshConnection connection, string user, bool admitted)
    {
        if (!admitted)
        {
            connection.RefusedLogin();
            return Denied;
        }

        connection.UserName = user;
        return LibSsh.AuthSuccess;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Password(nint session, byte* user, byte* password, nint data)
    {
        var (name, secret) = (Text(user), Text(password));
        return Guard(data, Denied, connection => Admit(connection, name, connection.Host.Login.Password?.Invoke(name, secret) == true));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int None(nint session, byte* user, nint data)
    {
        var name = Text(user);
        return Guard(data, Denied, connection => Admit(connection, name, connection.Host.Login.Everyone));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PublicKey(nint session, byte* user, nint key, byte signature, nint data)
    {
        // 0: the client only asks whether the key would do. 1: the signature is good. Anything else: it is not.
        if (signature > 1)
            return Denied;

        var name = Text(user);
        return Guard(data, Denied, connection =>
        {
            var shown = LibSsh.ssh_pki_export_pubkey_base64(key, out var text) == LibSsh.Ok ? HostKey.Parse(LibSsh.Take(text)!) : null;
            return Admit(connection, name, shown is not null && connection.Host.Login.PublicKey?.Invoke(name, shown) == true);
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OpenChannel(nint session, nint data) => Guard<nint>(data, 0, connection => connection.OpenChannel());

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Terminal(nint session, nint channel, byte* type, int columns, int rows, int width, int height, nint data) =>
        Guard(data, Refused, connection => connection.GrantTerminal() ? 0 : Refused);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shell(nint session, nint channel, nint data) =>
        Guard(data, Refused, connection => connection.GrantShell() ? 0 : Refused);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Exec(nint session, nint channel, byte* command, nint data)
    {
        var text = Text(command);
        return Guard(data, Denied, connection => connection.GrantExec(text) ? 0 : Denied);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Subsystem(nint session, nint channel, byte* name, nint data)
    {
        var text = Text(name);
        return Guard(data, Denied, connection => connection.GrantSubsystem(text) ? 0 : Denied);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Data(nint session, nint channel, byte* bytes, uint length, int isStderr, nint data)
    {
        try
        {
            (GCHandle.FromIntPtr(data).Target as LabSshConnection)?.Received(new ReadOnlySpan<byte>(bytes, (int)length));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A shell that throws has lost these bytes; its session goes on, as a device's would.
        }

        return (int)length;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Done(nint session, nint channel, nint data) => Guard(data, 0, connection =>
    {
        connection.FarEndDone();
        return 0;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Message(nint session, nint message, nint data)
    {
        if (LibSshServer.ssh_message_type(message) != LibSshServer.MessageAuth
            || LibSshServer.ssh_message_subtype(message) != LibSsh.MethodInteractive)
        {
            return Passed;
        }

        return Guard(data, Passed, connection => Interact(connection, session, message));
    }

    private static int Interact(LabSshConnection connection, nint session, nint message)
    {
        if (LibSshServer.ssh_message_auth_kbdint_is_response(message) == 0)
        {
            connection.UserName = LibSsh.Borrow(LibSshServer.ssh_message_auth_user(message)) ?? "";
            byte hidden = 0;
            fixed (byte* prompt = Encoding.UTF8.GetBytes(connection.Host.Login.Prompt + "\0"))
                _ = LibSshServer.ssh_message_auth_interactive_request(message, "", "", 1, &prompt, &hidden);

            return 0;
        }

        var answer = LibSshServer.ssh_userauth_kbdint_getnanswers(session) == 1
            ? LibSsh.Borrow(LibSshServer.ssh_userauth_kbdint_getanswer(session, 0)) ?? ""
            : "";
        if (connection.Host.Login.KeyboardInteractive?.Invoke(connection.UserName, answer) != true)
        {
            connection.RefusedLogin();
            return Passed;
        }

        _ = LibSshServer.ssh_message_auth_reply_success(message, 0);
        return 0;
    }
}
