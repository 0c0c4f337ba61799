using Trigger.Wire.Netconf.Framing;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>Makes messages of pieces. A reply that somebody wants as a stream is handed on piece by piece; any other is gathered, up to the limit.</summary>
internal sealed class MessageAssembler(NetconfEngine engine, NetconfOptions options)
{
    private MessageBytes message = new();
    private HeadScan scan;
    private MessageHead? head;
    private bool skips;

    /// <summary>The stream that the current message goes to, if it is one.</summary>
    internal ReplyPipe? Pipe { get; private set; }

    internal bool IsWithinMessage => Pipe is not null || skips || message.Length > 0;

    internal void Take(FramePiece piece)
    {
        if (Pipe is { } pipe)
            Stream(pipe, piece);
        else if (skips)
            skips = !piece.EndsMessage;
        else
            Gather(piece);
    }

    private static ReadOnlyMemory<byte> WithoutLeadingSpace(ReadOnlyMemory<byte> bytes) => bytes[(bytes.Length - bytes.Span.TrimStart(" \t\r\n"u8).Length)..];

    private void Gather(FramePiece piece)
    {
        // Line ends between messages are usual under end-of-message framing, and XML allows nothing before its declaration.
        var payload = message.Length == 0 ? WithoutLeadingSpace(piece.Payload) : piece.Payload;
        message.Add(payload);
        if (!scan.Found)
            scan.Take(payload.Span);

        if (engine.StreamsAwaited && scan.Found && head is null && Streams(piece.EndsMessage))
            return;

        if (message.Length > Limit)
            Refuse(piece.EndsMessage);
        else if (piece.EndsMessage)
            Deliver();
    }

    private long Limit => engine.Hello.IsCompleted ? options.LargestMessage : NetconfOptions.LargestHello;

    private void Deliver()
    {
        var whole = message;
        Begin();
        if (whole.Length == 0)
            throw MessageParser.Bad("The message is empty.");

        engine.Deliver(whole);
    }

    private bool Streams(bool ends)
    {
        head = MessageHead.Read(message);
        if (head.Name != "rpc-reply" || head.MessageId is null || engine.Asker(head) is not { Pipe: not null } call)
            return false;

        var pipe = call.Begin(head);
        foreach (var slice in message.Slices)
            pipe.Add(slice);

        Pipe = pipe;
        if (ends)
            Complete(pipe);

        return true;
    }

    private void Stream(ReplyPipe pipe, FramePiece piece)
    {
        pipe.Add(piece.Payload);
        if (piece.EndsMessage)
            Complete(pipe);
    }

    private void Complete(ReplyPipe pipe)
    {
        engine.Settle(head!);
        Pipe = null;
        Begin();
        pipe.Complete();
    }

    // Too large: the one who asked is told, the rest is passed over, and the session goes on. A hello or a notification that large ends it.
    private void Refuse(bool ends)
    {
        var fault = new NetconfFault.TooLarge("A message", Limit);
        head ??= scan.Found ? MessageHead.Read(message) : null;
        if (head?.Name != "rpc-reply" || head.MessageId is null)
            throw new NetconfException(fault);

        var call = engine.Asker(head);
        engine.Settle(head);
        call.Fail(fault with { What = $"The reply to {call.Operation}" });
        skips = !ends;
        Begin();
    }

    private void Begin() => (message, scan, head) = (new MessageBytes(), default, null);
}
