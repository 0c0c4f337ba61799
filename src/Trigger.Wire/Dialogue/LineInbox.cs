using System.Threading.Channels;

namespace Trigger.Wire.Dialogue;

/// <summary>Hears a line for its dialogue: keeps what arrived until it is taken, and makes the device wait when that is too much.</summary>
internal sealed class LineInbox(DialogueOptions options, WireLog? log) : ILineObserver
{
    private readonly Channel<ReadOnlyMemory<byte>> pieces = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource<ILine> attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LineGreeting> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool ended;
    private int unread;
    private int held;

    internal Task<LineGreeting> Opening => opened.Task;

    internal bool IsClosed => pieces.Reader.Completion.IsCompleted;

    /// <summary>Whether the line has ended, though there may still be something to take.</summary>
    internal bool HasEnded => ended;

    internal WireFault? Fault { get; private set; }

    internal LineExit? Exit { get; private set; }

    internal void Attach(ILine line) => attached.TrySetResult(line);

    internal bool TryTake(out ReadOnlyMemory<byte> piece) => pieces.Reader.TryRead(out piece);

    /// <summary>Waits for a piece; false when none will come.</summary>
    internal ValueTask<bool> Wait(CancellationToken cancel) => pieces.Reader.WaitToReadAsync(cancel);

    /// <summary>So many bytes have been read and need no room any more.</summary>
    internal void Read(int count)
    {
        if (Interlocked.Add(ref unread, -count) <= options.Limit / 2 && Interlocked.Exchange(ref held, 0) == 1)
            attached.Task.Result.Resume();
    }

    void ILineObserver.Authenticating(LineGreeting greeting) => _ = Authenticate(greeting);

    void ILineObserver.Opened(LineGreeting greeting) => opened.TrySetResult(greeting);

    void ILineObserver.Received(ReadOnlyMemory<byte> bytes)
    {
        log?.Received(bytes.Span);
        var much = Interlocked.Add(ref unread, bytes.Length) >= options.Limit;
        pieces.Writer.TryWrite(bytes);

        // Said again with every piece that is too much, in case the line was told to go on in the same moment.
        if (much && attached.Task.IsCompletedSuccessfully)
        {
            Interlocked.Exchange(ref held, 1);
            attached.Task.Result.Pause();

            // All of it may have been read before we said so.
            Read(0);
        }
    }

    void ILineObserver.ReceivedError(ReadOnlyMemory<byte> bytes)
    {
        if (options.Errors is { } errors)
            errors(bytes);
        else
            ((ILineObserver)this).Received(bytes);
    }

    void ILineObserver.Exited(LineExit exit) => Exit = exit;

    void ILineObserver.Closed(WireFault? fault)
    {
        Fault = fault;
        ended = true;
        log?.Closed(fault);
        pieces.Writer.TryComplete();
        opened.TrySetException(new LineOpenException(fault ?? new WireFault.LineLost("connecting", "it was closed before it was open")));
        _ = opened.Task.Exception; // Nobody may be waiting for it any more.
    }

    private async Task Authenticate(LineGreeting greeting)
    {
        var line = await attached.Task.ConfigureAwait(false);
        if (options.Credentials is not { } ask)
        {
            opened.TrySetException(new LineOpenException(new WireFault.Misconfigured("The server asks for credentials, and the dialogue was given none.")));
            line.Abort();
            return;
        }

        try
        {
            line.Authenticate(ask(greeting));
        }
        catch (Exception surprise) when (surprise is not OutOfMemoryException)
        {
            opened.TrySetException(surprise);
            line.Abort();
        }
    }
}
