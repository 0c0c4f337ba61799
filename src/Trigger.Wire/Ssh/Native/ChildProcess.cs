using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Trigger.Wire.Ssh.Native;

/// <summary>
/// A shell command whose input and output are one socket. The runtime's Process redirects through pipes and threads of its own; a transport needs the bare descriptor.
/// posix_spawn starts it in a process group of its own, so that what it starts ends with it.
/// </summary>
internal static unsafe class ChildProcess
{
    internal const int HangUpSignal = 1;
    internal const int KillSignal = 9;

    private const int BrokenPipeSignal = 13;
    private const int AttributeSize = 512; // posix_spawnattr_t takes 336 bytes in glibc and musl, posix_spawn_file_actions_t 80.
    private const int SignalSetSize = 128;
    private const short SetProcessGroup = 2;
    private const short SetDefaultSignals = 4;
    private const short SetSignalMask = 8;

    /// <summary>Starts <c>/bin/sh -c</c> with the command. Returns its process id, or minus errno.</summary>
    internal static int Start(string command, int inputAndOutput, int errors)
    {
        var actions = stackalloc byte[AttributeSize];
        var attributes = stackalloc byte[AttributeSize];
        var signals = stackalloc byte[SignalSetSize];
        new Span<byte>(signals, SignalSetSize).Clear();
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, inputAndOutput, 0);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, inputAndOutput, 1);
        _ = Libc.posix_spawn_file_actions_adddup2(actions, errors, 2);
        _ = Libc.posix_spawnattr_init(attributes);
        _ = Libc.posix_spawnattr_setflags(attributes, SetProcessGroup | SetDefaultSignals | SetSignalMask);
        _ = Libc.posix_spawnattr_setpgroup(attributes, 0);
        _ = Libc.posix_spawnattr_setsigmask(attributes, signals);

        // The runtime ignores SIGPIPE, and a child would inherit that.
        signals[(BrokenPipeSignal - 1) / 8] = 1 << ((BrokenPipeSignal - 1) % 8);
        _ = Libc.posix_spawnattr_setsigdefault(attributes, signals);
        var arguments = Texts(["/bin/sh", "-c", command]);
        var environment = Texts(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}"));
        try
        {
            int process;
            var error = Libc.posix_spawn(&process, "/bin/sh", actions, attributes, arguments, environment);
            return error == 0 ? process : -error;
        }
        finally
        {
            Free(arguments);
            Free(environment);
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>A descriptor that becomes readable when the process ends, or -1.</summary>
    internal static int Handle(int process)
    {
        const nint PidfdOpen = 434; // The same number on every architecture.
        return (int)Libc.syscall(PidfdOpen, process, 0);
    }

    /// <summary>Signals the process and all that it started.</summary>
    internal static void Signal(int process, int signal) => _ = Libc.kill(-process, signal);

    /// <summary>Takes the end of a process that has ended. Null while it has not; else words for it.</summary>
    internal static string? End(int process, bool wait)
    {
        const int WithoutWaiting = 1;
        int status, taken;
        do
            taken = Libc.waitpid(process, &status, wait ? 0 : WithoutWaiting);
        while (taken < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);

        if (taken == 0)
            return null;

        var signal = status & 0x7F;
        return taken < 0 ? "it ended" : signal == 0 ? $"it ended with exit status {(status >> 8) & 0xFF}" : $"signal {signal} ended it";
    }

    private static byte** Texts(IEnumerable<string> texts)
    {
        var list = texts.ToArray();
        var pointers = (byte**)NativeMemory.AllocZeroed((nuint)(list.Length + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < list.Length; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(list[i]);
            pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(pointers[i], bytes.Length));
        }

        return pointers;
    }

    private static void Free(byte** texts)
    {
        for (var text = texts; *text is not null; text++)
            NativeMemory.Free(*text);

        NativeMemory.Free(texts);
    }
}
