using System.Runtime.InteropServices;
using Trigger.Node;

namespace Trigger.Cli.Run;

/// <summary>^C or SIGTERM once: send nothing more and wait for what was sent. Twice: die, which <c>job resume</c> can mend.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private int asked;

    public Interrupts(RunHandle run)
    {
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, On), PosixSignalRegistration.Create(PosixSignal.SIGTERM, On)];

        void On(PosixSignalContext signal)
        {
            if (Interlocked.Exchange(ref asked, 1) != 0)
                return;

            signal.Cancel = true;
            Console.Error.WriteLine($"\ntrigger: stopping; commands already sent are waited for. Again to leave at once; then 'trigger job resume {run.Id}'.");
            run.Cancel(Environment.UserName);
        }
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }
}
