using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Benchmarks;

/// <summary>One of our SSH lines: logs in, counts what it hears, and tells when it is open and when it is over.</summary>
internal sealed class SshCaller : ILineObserver
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<WireFault?> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Opened => opened.Task;

    public Task<WireFault?> Closed => closed.Task;

    public long Received { get; private set; }

    public ILine? Line { get; private set; }

    public static SshCaller Call(SshTransport transport, SshDial dial, LineCredentials who)
    {
        var caller = new SshCaller();
        caller.Line = transport.Dial(dial, caller);
        caller.Line.Authenticate(who);
        return caller;
    }

    void ILineObserver.Authenticating(LineGreeting greeting)
    {
    }

    void ILineObserver.Opened(LineGreeting greeting) => opened.TrySetResult();

    void ILineObserver.Received(ReadOnlyMemory<byte> bytes) => Received += bytes.Length;

    void ILineObserver.Closed(WireFault? fault)
    {
        if (fault is not null)
            opened.TrySetException(new InvalidOperationException(fault.ToString()));

        closed.TrySetResult(fault);
    }
}
