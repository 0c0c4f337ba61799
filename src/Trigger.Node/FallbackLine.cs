using Trigger.Wire;

namespace Trigger.Node;

/// <summary>
/// A line that is SSH, or Telnet when nothing answered at the SSH port. Whoever listens hears of one line: the first, or the second, whose greeting says what it is
/// (<see cref="LineGreeting.InsteadOfSsh"/>). When Telnet does not answer either, the first one's fault is what is told.
/// </summary>
internal sealed class FallbackLine(Func<ILineObserver, ILine> ssh, Func<ILineObserver, ILine> telnet, ILineObserver listener, Action<string> told) : ILine
{
    private readonly Lock gate = new();
    private ILine? line;
    private bool second;
    private bool leaving;

    public void Begin() => Join(ssh(new First(this, listener)), isSecond: false);

    public void Write(ReadOnlySpan<byte> bytes) => line?.Write(bytes);

    public void Authenticate(LineCredentials credentials) => line?.Authenticate(credentials);

    public void Pause() => line?.Pause();

    public void Resume() => line?.Resume();

    public void Resize(int columns, int rows) => line?.Resize(columns, rows);

    public void EndInput() => line?.EndInput();

    public void Close() => Leave()?.Close();

    public void Abort() => Leave()?.Abort();

    private ILine? Leave()
    {
        lock (gate)
        {
            leaving = true;
            return line;
        }
    }

    // The first line may have failed, and the second been begun, before the dial of the first returns.
    private void Join(ILine opened, bool isSecond)
    {
        lock (gate)
        {
            if (second && !isSecond)
                return;

            line = opened;
            if (!leaving)
                return;
        }

        opened.Abort();
    }

    private void Fall(WireFault fault, string why)
    {
        lock (gate)
        {
            if (!leaving)
                second = true;
        }

        if (!second)
        {
            listener.Closed(fault);
            return;
        }

        told(why);
        Join(telnet(new Second(fault, listener)), isSecond: true);
    }

    /// <summary>Why there is no SSH server at all, as a sentence; null for every other fault. Once a server has spoken it is a matter between it and us.</summary>
    private static string? Absent(WireFault? fault) => fault switch
    {
        WireFault.Refused f => $"{f.Address} refused the SSH connection.",
        WireFault.Unreachable f => $"{f.Address} cannot be reached for SSH: {f.Reason}.",
        WireFault.Overdue { During: "connecting" } f => $"Nothing answered at the SSH port for {f.Waited.TotalSeconds:0.#} s.",
        _ => null,
    };

    private sealed class First(FallbackLine owner, ILineObserver listener) : ILineObserver
    {
        private bool spoken;

        public void Authenticating(LineGreeting greeting)
        {
            spoken = true;
            listener.Authenticating(greeting);
        }

        public void Opened(LineGreeting greeting)
        {
            spoken = true;
            listener.Opened(greeting);
        }

        public void Received(ReadOnlyMemory<byte> bytes) => listener.Received(bytes);

        public void ReceivedError(ReadOnlyMemory<byte> bytes) => listener.ReceivedError(bytes);

        public void Exited(LineExit exit) => listener.Exited(exit);

        public void Closed(WireFault? fault)
        {
            if (!spoken && Absent(fault) is { } why)
                owner.Fall(fault!, why);
            else
                listener.Closed(fault);
        }
    }

    private sealed class Second(WireFault before, ILineObserver listener) : ILineObserver
    {
        public void Authenticating(LineGreeting greeting) => listener.Authenticating(greeting);

        public void Opened(LineGreeting greeting) => listener.Opened(greeting with { InsteadOfSsh = true });

        public void Received(ReadOnlyMemory<byte> bytes) => listener.Received(bytes);

        public void Closed(WireFault? fault) => listener.Closed(Absent(fault) is null ? fault : before);
    }
}
