using Trigger.Wire;

namespace Trigger.Node.Terminals;

/// <summary>Counts what a line has brought on its way to whom it is for.</summary>
internal sealed class HeardLine(ILineObserver person) : ILineObserver
{
    private long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public void Authenticating(LineGreeting greeting) => person.Authenticating(greeting);

    public void Opened(LineGreeting greeting) => person.Opened(greeting);

    public void Received(ReadOnlyMemory<byte> piece)
    {
        Interlocked.Add(ref bytes, piece.Length);
        person.Received(piece);
    }

    public void Exited(LineExit exit) => person.Exited(exit);

    public void Closed(WireFault? fault) => person.Closed(fault);
}
