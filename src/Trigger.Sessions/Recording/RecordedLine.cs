using Trigger.Wire;
using Trigger.Wire.Recording;

namespace Trigger.Sessions.Recording;

/// <summary>Stands between a session and its line, and notes what passes. Notes are only queued, so neither side waits for a disk.</summary>
internal sealed class RecordedLine(ILineObserver session, RecordedSession file, SessionRecorder recorder, TimeProvider time) : ILine, ILineObserver
{
    // What was typed and what arrived come from two threads, and their order is what a recording is about.
    private readonly Lock gate = new();
    private ILine? line;
    private long? opened;
    private bool closed;
    private bool byUs;

    public void Attach(ILine dialled) => line = dialled;

    public void Authenticating(LineGreeting greeting) => session.Authenticating(greeting);

    public void Opened(LineGreeting greeting)
    {
        opened = time.GetTimestamp();
        session.Opened(greeting);
    }

    public void Received(ReadOnlyMemory<byte> bytes)
    {
        Note(new RecordedMove.Received(default, bytes), isSecret: false, bytes.Length);
        session.Received(bytes);
    }

    public void ReceivedError(ReadOnlyMemory<byte> bytes)
    {
        Note(new RecordedMove.Received(default, bytes), isSecret: false, bytes.Length);
        session.ReceivedError(bytes);
    }

    public void Exited(LineExit exit) => session.Exited(exit);

    public void Closed(WireFault? fault)
    {
        Note(new RecordedMove.Closed(default, ByDevice: !byUs), isSecret: false, 0);
        session.Closed(fault);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var typed = file.Cover.Typed(bytes, out var isSecret);
        Note(new RecordedMove.Sent(default, typed), isSecret, typed.Length);
        line!.Write(bytes);
    }

    public void Authenticate(LineCredentials credentials) => line!.Authenticate(credentials);

    public void Pause() => line?.Pause();

    public void Resume() => line?.Resume();

    public void Resize(int columns, int rows) => line!.Resize(columns, rows);

    public void EndInput() => line!.EndInput();

    public void Close()
    {
        byUs = true;
        line!.Close();
    }

    public void Abort()
    {
        byUs = true;
        line!.Abort();
    }

    private void Note(RecordedMove move, bool isSecret, int size)
    {
        lock (gate)
        {
            if (closed)
                return;

            closed = move is RecordedMove.Closed;
            var at = opened is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
            recorder.Take(new RecordedEntry(file, move with { At = at }, isSecret, size));
        }
    }
}
