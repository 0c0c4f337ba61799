using System.Runtime.InteropServices;
using Trigger.Node;

namespace Trigger.Cli.Tools;

/// <summary>^C or SIGTERM once: no run sends anything more, and what was sent is waited for. Twice: die, which <c>job resume</c> can mend.</summary>
internal sealed class ToolInterrupts : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private readonly Lock gate = new();
    private readonly List<RunHandle> runs = [];
    private bool asked;

    public ToolInterrupts() => registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, On), PosixSignalRegistration.Create(PosixSignal.SIGTERM, On)];

    /// <summary>Whether nothing more may be begun.</summary>
    public bool Asked
    {
        get
        {
            lock (gate)
                return asked;
        }
    }

    public void Guard(RunHandle run)
    {
        lock (gate)
        {
            runs.Add(run);
            if (asked)
                run.Cancel(Environment.UserName);
        }
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void On(PosixSignalContext signal)
    {
        lock (gate)
        {
            if (asked)
                return;

            asked = signal.Cancel = true;
            Console.Error.WriteLine("\ntrigger: stopping; commands already sent are waited for. Again to leave at once; then see 'trigger job list'.");
            foreach (var run in runs)
                run.Cancel(Environment.UserName);
        }
    }
}
