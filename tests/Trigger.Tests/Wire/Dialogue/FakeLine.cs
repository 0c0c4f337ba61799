using Trigger.Wire;

namespace Trigger.Tests.Wire;

/// <summary>A line without a wire: a test says what the device says, and sees what is typed and when the device is held back.</summary>
internal sealed class FakeLine : ILine
{
    private readonly List<byte> written = [];
    private ILineObserver observer = null!;

    internal int Pauses { get; private set; }

    internal int Resumes { get; private set; }

    internal bool IsPaused => Pauses > Resumes;

    internal byte[] Written => [.. written];

    internal FakeLine Dial(ILineObserver heard)
    {
        observer = heard;
        observer.Opened(new LineGreeting("127.0.0.1:1"));
        return this;
    }

    internal void Say(ReadOnlySpan<byte> bytes) => observer.Received(bytes.ToArray());

    internal void End(WireFault? fault = null) => observer.Closed(fault);

    public void Write(ReadOnlySpan<byte> bytes) => written.AddRange(bytes);

    public void Authenticate(LineCredentials credentials)
    {
    }

    public void Pause() => Pauses++;

    public void Resume() => Resumes = Pauses;

    public void Close() => End();

    public void Abort() => End();
}
