using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Trigger.Cli.Terminal;

/// <summary>
/// A terminal that hands over every key as it is pressed and shows every byte as it comes: no echo, no line editing, no signals from keys. What it was before is restored on
/// every way out that a process can notice: disposal, the end of the process, a crash, a signal; while stopped it is the shell's again.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    private const int Keyboard = 0;

    private readonly Lock gate = new();
    private readonly byte[] before;
    private readonly byte[] raw;
    private readonly List<PosixSignalRegistration> signals = [];
    private bool restored;

    private RawTerminal(byte[] before, Action<int, int> resized)
    {
        this.before = before;
        raw = [.. before];
        TerminalCalls.cfmakeraw(raw);
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnEnd;
        if (!OperatingSystem.IsWindows())
            Listen(resized);
        Apply(raw);
    }

    /// <summary>The size of the window, or null where there is none.</summary>
    public static (int Columns, int Rows)? Size => TerminalCalls.SizeOf(1) ?? TerminalCalls.SizeOf(Keyboard);

    /// <summary>Whether a person sits at standard input.</summary>
    public static bool IsThere => TerminalCalls.isatty(Keyboard) == 1;

    /// <param name="resized">Hears the window's new size, on another thread.</param>
    /// <returns>Null when standard input is no terminal.</returns>
    public static RawTerminal? Enter(Action<int, int> resized)
    {
        var before = new byte[TerminalCalls.TermiosLength];
        return IsThere && TerminalCalls.tcgetattr(Keyboard, before) == 0 ? new RawTerminal(before, resized) : null;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnEnd;
        foreach (var signal in signals)
            signal.Dispose();
        Restore();
    }

    [UnsupportedOSPlatform("windows")]
    private void Listen(Action<int, int> resized)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            signals.Add(PosixSignalRegistration.Create(signal, _ => Apply(before)));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, signal =>
        {
            // The runtime has nothing of its own to do here, so the stopping is ours.
            signal.Cancel = true;
            Apply(before);
            TerminalCalls.StopMyself();
        }));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, signal =>
        {
            // Else the runtime restores the settings that it found at its own start, after we have made ours.
            signal.Cancel = true;
            Apply(raw);
        }));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ =>
        {
            if (Size is var (columns, rows))
                resized(columns, rows);
        }));
    }

    private void OnEnd(object? sender, EventArgs e) => Restore();

    private void Restore()
    {
        lock (gate)
        {
            if (!restored)
                _ = TerminalCalls.tcsetattr(Keyboard, TerminalCalls.ApplyAndForgetInput, before);
            restored = true;
        }
    }

    private void Apply(byte[] termios)
    {
        lock (gate)
        {
            if (!restored)
                _ = TerminalCalls.tcsetattr(Keyboard, TerminalCalls.ApplyAfterOutput, termios);
        }
    }
}
