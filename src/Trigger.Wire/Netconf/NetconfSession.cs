using System.Threading.Channels;
using Trigger.Wire.Netconf.Engine;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Wire.Netconf;

/// <summary>
/// One NETCONF session (RFC 6241). Any number of requests may be under way at once, from any thread; answers find their askers by message-id. The operations of the RFCs are
/// extension methods beside this class. Dispose of it to say goodbye.
/// </summary>
public sealed class NetconfSession : IAsyncDisposable
{
    private readonly NetconfEngine engine;
    private readonly NetconfOptions options;
    private readonly ServerHello hello;
    private int disposed;

    private NetconfSession(NetconfEngine engine, NetconfOptions options, ServerHello hello)
    {
        this.engine = engine;
        this.options = options;
        this.hello = hello;
        ClientCapabilities = new CapabilitySet(options.ClientCapabilities);
    }

    /// <summary>The server's number for this session.</summary>
    public uint SessionId => hello.SessionId;

    public CapabilitySet ServerCapabilities => hello.Capabilities;

    public CapabilitySet ClientCapabilities { get; }

    /// <summary>Whether both sides speak <c>:base:1.1</c>, and so in chunks.</summary>
    public bool UsesChunks => hello.Chunked;

    /// <summary>What the line below said of the far end.</summary>
    public LineGreeting? Greeting => engine.Greeting;

    /// <summary>Notifications as they come, kept for a reader up to <see cref="NetconfOptions.MostNotifications"/>; ends with the session.</summary>
    public ChannelReader<NetconfNotification> Notifications => engine.Listeners.Notifications;

    /// <summary>Done when the session is over, with the reason. It never fails.</summary>
    public Task<NetconfFault> Completion => engine.Over;

    public bool IsOpen => !engine.Over.IsCompleted;

    public NetconfProfile Profile => options.Profile;

    internal TimeProvider Time => options.Time;

    /// <summary>Opens a line, exchanges hellos, and agrees on the framing.</summary>
    /// <exception cref="NetconfException">The line cannot be opened, or the server's hello does not come or does not do.</exception>
    public static async Task<NetconfSession> ConnectAsync(NetconfRoute route, NetconfOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(route);
        options ??= new NetconfOptions();
        var engine = new NetconfEngine(options, route.CredentialsFor, new NetconfListeners(options.MostNotifications));
        engine.Inbox.Attach(await route.Open(engine.Inbox, options, cancel).ConfigureAwait(false));
        try
        {
            // Opening the line has limits of its own, and whatever they end is told as a fault.
            await Task.WhenAny(engine.LineOpened, engine.Hello).WaitAsync(cancel).ConfigureAwait(false);
            return new NetconfSession(engine, options, await engine.Hello.WaitAsync(options.HelloTimeout, options.Time, cancel).ConfigureAwait(false));
        }
        catch (TimeoutException)
        {
            var fault = new NetconfFault.Overdue("the hello", options.HelloTimeout);
            engine.End(fault, abort: true);
            throw new NetconfException(fault);
        }
        catch (OperationCanceledException)
        {
            engine.End(new NetconfFault.Ended("the hello"), abort: true);
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="NetconfException">The session is over, the answer is late or too large, or the server lacks what the request needs.</exception>
    /// <exception cref="RpcErrorException">The answer has errors, and <see cref="RaiseMode"/> says to raise them.</exception>
    public async Task<RpcReply> CallAsync(RpcRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        var limit = request.Timeout ?? options.Timeout;
        return Judge(request, await InTime(Whole(), request, limit).ConfigureAwait(false));

        async Task<RpcReply> Whole()
        {
            var call = await engine.Send(request, null, limit, cancel).ConfigureAwait(false);
            return await call.Reply.WaitAsync(limit, options.Time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sends a request and hands out its answer while it comes, so that its size does not matter. Nothing else of this session is read while the reader is behind; dispose of the reply to
    /// let the rest be passed over.
    /// </summary>
    /// <inheritdoc cref="CallAsync" path="/exception"/>
    public async Task<StreamedReply> StreamAsync(RpcRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        var limit = request.Timeout ?? options.Timeout;
        var pipe = new ReplyPipe(engine.Inbox.Continue);
        try
        {
            var head = await InTime(Begun(), request, limit).ConfigureAwait(false);
            return new StreamedReply(request.Operation, head.Attributes, pipe);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        async Task<MessageHead> Begun()
        {
            var call = await engine.Send(request, pipe, limit, cancel).ConfigureAwait(false);
            return await call.Begun.WaitAsync(limit, options.Time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Calls <paramref name="listener"/> with every message that is taken whole, as text, until what is returned is disposed of. It must not wait.</summary>
    public IDisposable OnMessage(Action<string> listener) => engine.Listeners.OnMessage(listener);

    /// <summary>Calls <paramref name="listener"/> with every fault that belongs to no request, the end of the session included. It must not wait.</summary>
    public IDisposable OnFault(Action<NetconfFault> listener) => engine.Listeners.OnFault(listener);

    /// <summary>Says goodbye and closes the line. What is still unanswered fails with <see cref="NetconfFault.Ended"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;

        if (IsOpen)
        {
            engine.Leave();
            try
            {
                await CallAsync(RpcRequest.Of("close-session") with { Timeout = options.FarewellTimeout, Raise = RaiseMode.None }).ConfigureAwait(false);
            }
            catch (NetconfException)
            {
                // A server that is gone, or silent, has said goodbye in its way.
            }
        }

        engine.End(new NetconfFault.Ended(""));
        try
        {
            await engine.LineClosed.WaitAsync(options.FarewellTimeout, options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            engine.End(new NetconfFault.Ended(""), abort: true);
        }
    }

    /// <summary>Drops the line without a word: the server will see the session as lost, and undo what was not confirmed.</summary>
    public void Abort() => engine.End(new NetconfFault.Ended(""), abort: true);

    private void Check(RpcRequest request)
    {
        foreach (var need in request.Needs)
        {
            if (!need.Split('|').Any(ServerCapabilities.Has))
                throw new NetconfException(new NetconfFault.MissingCapability(request.Operation, need.Replace("|", " or ", StringComparison.Ordinal)));
        }
    }

    private static async Task<T> InTime<T>(Task<T> answer, RpcRequest request, TimeSpan limit)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new NetconfException(new NetconfFault.Overdue(request.Operation, limit));
        }
    }

    private RpcReply Judge(RpcRequest request, RpcReply reply)
    {
        if (reply.Errors.Count == 0)
            return reply;

        var raises = (request.Raise ?? options.Raise) switch
        {
            RaiseMode.None => false,
            RaiseMode.All => true,
            _ => reply.HasErrors,
        };
        return raises && !reply.Errors.All(IsHarmless) ? throw new RpcErrorException(request.Operation, reply) : reply;
    }

    private bool IsHarmless(RpcError error) => error.Message is { } message && options.Profile.HarmlessErrors.Any(part => message.Contains(part, StringComparison.OrdinalIgnoreCase));
}
