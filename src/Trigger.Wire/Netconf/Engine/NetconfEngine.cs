using System.Buffers;
using System.Collections.Concurrent;
using System.Xml.Linq;
using Trigger.Wire.Netconf.Framing;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>
/// The protocol of one session. What comes in is told by the inbox, one call at a time; requests may be made by any thread at any time.
/// <code>
///   Greeting ──hello, ours and theirs──▶ Open ──lost, broken, closed──▶ Over
/// </code>
/// </summary>
internal sealed class NetconfEngine
{
    private readonly NetconfOptions options;
    private readonly Func<LineGreeting, LineCredentials?> credentials;
    private readonly ConcurrentDictionary<ulong, PendingCall> pending = new();
    private readonly CallRoom room;
    private readonly TaskCompletionSource<ServerHello> hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<NetconfFault> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource lineOpened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource lineClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MessageAssembler assembler;
    private IFrameReader frames = new EndOfMessageReader();
    private ILine line = new DeadLine();
    private NetconfFault? end;
    private ulong lastId;
    private long oldest = 1;
    private int streams;
    private bool chunked;
    private bool closing;
    private volatile bool leaving;

    internal NetconfEngine(NetconfOptions options, Func<LineGreeting, LineCredentials?> credentials, NetconfListeners listeners)
    {
        this.options = options;
        this.credentials = credentials;
        Listeners = listeners;
        room = new CallRoom(options.MostInFlight);
        assembler = new MessageAssembler(this, options);
        Inbox = new NetconfInbox(this);
    }

    internal NetconfInbox Inbox { get; }

    internal NetconfListeners Listeners { get; }

    internal LineGreeting? Greeting { get; private set; }

    /// <summary>The line carries bytes.</summary>
    internal Task LineOpened => lineOpened.Task;

    /// <summary>Both hellos are exchanged.</summary>
    internal Task<ServerHello> Hello => hello.Task;

    /// <summary>Why the session is over, once it is.</summary>
    internal Task<NetconfFault> Over => over.Task;

    /// <summary>The line itself is gone, too.</summary>
    internal Task LineClosed => lineClosed.Task;

    internal bool IsStalled => assembler.Pipe?.IsFull == true;

    internal bool StreamsAwaited => Volatile.Read(ref streams) > 0;

    internal void Attach(ILine opened) => line = opened;

    internal void Authenticating(LineGreeting greeting)
    {
        if (credentials(greeting) is not { } found)
            End(new NetconfFault.Line(new WireFault.Misconfigured("The server asks for credentials, and none were given.")), abort: true);
        else
            line.Authenticate(found);
    }

    // RFC 6241 §8.1: both sides send their hello at once; neither waits for the other's.
    internal void Opened(LineGreeting greeting)
    {
        Greeting = greeting;
        lineOpened.TrySetResult();
        var text = ClientHello.Write(options.ClientCapabilities);
        var message = new ArrayBufferWriter<byte>(text.Length + 8);
        FrameWriter.Write(message, chunked: false, text);
        line.Write(message.WrittenSpan);
    }

    /// <summary>Takes as much of the input as there is room for its contents.</summary>
    internal void Received(ref ReadOnlyMemory<byte> input)
    {
        try
        {
            while (end is null && !IsStalled && frames.TryRead(ref input, out var piece))
                assembler.Take(piece);
        }
        catch (NetconfException broken)
        {
            End(broken.Fault, abort: true);
        }

        if (end is not null)
            input = ReadOnlyMemory<byte>.Empty;
    }

    internal void Closed(WireFault? fault)
    {
        lineClosed.TrySetResult();
        var asked = pending.IsEmpty ? "" : pending.MinBy(call => call.Key).Value.Operation;
        End(fault is not null ? new NetconfFault.Line(fault)
            : closing ? new NetconfFault.Ended(asked)
            : assembler.IsWithinMessage ? new NetconfFault.BadFraming("it closed the session within a message")
            : !hello.Task.IsCompleted ? new NetconfFault.Closed("the hello")
            : new NetconfFault.Closed(asked));
    }

    /// <summary>We are about to say goodbye: a server that hangs up from here on does what it was asked.</summary>
    internal void Leave() => leaving = true;

    /// <summary>Ends the session. With <paramref name="abort"/> the line is dropped at once, else what is queued is still sent.</summary>
    internal void End(NetconfFault fault, bool abort = false)
    {
        closing = true;
        if (leaving && fault is NetconfFault.Closed)
            fault = new NetconfFault.Ended("");

        if (Interlocked.CompareExchange(ref end, fault, null) is null)
        {
            hello.TrySetException(new NetconfException(fault));
            _ = hello.Task.Exception;
            assembler.Pipe?.Break(fault);
            foreach (var id in pending.Keys)
            {
                if (pending.TryRemove(id, out var call))
                    call.Fail(fault is NetconfFault.Closed or NetconfFault.Ended ? Named(fault, call.Operation) : fault);
            }

            room.Close();
            Listeners.Finish(fault);
            over.TrySetResult(fault);
        }

        if (abort)
            line.Abort();
        else
            line.Close();
    }

    /// <summary>Sends a request; its answer comes through what is returned.</summary>
    /// <exception cref="TimeoutException">There was no room for it in time, and it was not sent.</exception>
    internal async ValueTask<PendingCall> Send(RpcRequest request, ReplyPipe? pipe, TimeSpan limit, CancellationToken cancel)
    {
        await room.Enter(limit, options.Time, cancel).ConfigureAwait(false);
        if (cancel.IsCancellationRequested)
        {
            room.Leave();
            cancel.ThrowIfCancellationRequested();
        }

        var id = Interlocked.Increment(ref lastId);
        var call = new PendingCall(request.Operation, pipe);
        if (pipe is not null)
            Interlocked.Increment(ref streams);

        pending[id] = call;
        try
        {
            line.Write(RpcEnvelope.Write(id, request, options.Profile, chunked).WrittenSpan);
        }
        catch (ArgumentException)
        {
            Settle(id);
            throw;
        }

        // Looked at after the entry was made: whoever ended the session between has missed it, or fails it.
        if (end is { } fault && pending.TryRemove(id, out _))
            call.Fail(Named(fault, request.Operation));

        return call;
    }

    internal void Deliver(MessageBytes message)
    {
        var (head, reply, tree) = MessageParser.Parse(message);
        Listeners.Message(message);
        if (!hello.Task.IsCompleted)
            Greet(head, tree);
        else if (reply is not null)
            Answered(head, reply);
        else if (head.Name == "notification" && tree is not null)
            Listeners.Notification(new NetconfNotification(tree));
        else
            throw MessageParser.Bad($"It sent <{FarText.Show(head.Name)}>, which is neither a reply nor a notification.");
    }

    /// <summary>Whom a reply is for, by its message-id.</summary>
    internal PendingCall Asker(MessageHead head)
    {
        var id = IdOf(head);
        return id is { } known && pending.TryGetValue(known, out var call) ? call : throw Unknown(head);
    }

    /// <summary>The answer to a request has come, or never will; there is room for another.</summary>
    internal void Settle(MessageHead head)
    {
        if (IdOf(head) is { } id)
            Settle(id);
    }

    private static NetconfFault Named(NetconfFault fault, string operation) => fault switch
    {
        NetconfFault.Closed => new NetconfFault.Closed(operation),
        NetconfFault.Ended => new NetconfFault.Ended(operation),
        _ => fault,
    };

    private static ulong? IdOf(MessageHead head) => ulong.TryParse(head.MessageId, out var id) ? id : null;

    private static NetconfException Unknown(MessageHead head) => new(new NetconfFault.UnknownMessageId(FarText.Show(head.MessageId ?? "")));

    private void Settle(ulong id)
    {
        if (!pending.TryRemove(id, out var call))
            return;

        if (call.Pipe is not null)
            Interlocked.Decrement(ref streams);

        room.Leave();
    }

    private void Greet(MessageHead head, XElement? tree)
    {
        var theirs = ServerHello.Read(head, tree, options.ClientCapabilities);
        chunked = theirs.Chunked;
        if (chunked)
            frames = new ChunkReader();

        hello.TrySetResult(theirs);
    }

    private void Answered(MessageHead head, RpcReply reply)
    {
        if (head.MessageId is null)
        {
            AnsweredWithoutId(reply);
            return;
        }

        var call = Asker(head);
        Settle(head);
        call.Answer(reply);
    }

    // RFC 6241 §4.1 lets a server answer so what it could not read. Requests are answered in order, so it is the oldest that it could not read.
    private void AnsweredWithoutId(RpcReply reply)
    {
        if (reply.Errors.Count == 0)
            throw MessageParser.Bad("It sent a reply without message-id that tells of no error.");

        for (; (ulong)oldest <= Volatile.Read(ref lastId); oldest++)
        {
            if (!pending.TryGetValue((ulong)oldest, out var call))
                continue;

            Settle((ulong)oldest);
            if (call.Pipe is null)
                call.Answer(reply);
            else
                call.Fail(new NetconfFault.StrayError(reply.Errors[0]));
            return;
        }

        Listeners.Fault(new NetconfFault.StrayError(reply.Errors[0]));
    }
}
