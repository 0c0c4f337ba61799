using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Ssh;

namespace Trigger.Wire.Junoscript;

/// <summary>
/// One Junoscript session: the whole of it is two XML documents, ours and the device's, that grow as requests and replies are added. The device answers in order. For routers
/// that are older than their NETCONF; faults are those of NETCONF.
/// </summary>
public sealed class JunoscriptSession : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly JunoscriptLine line;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;

    private JunoscriptSession(JunoscriptLine line, TimeSpan timeout, TimeProvider time)
    {
        this.line = line;
        this.timeout = timeout;
        this.time = time;
    }

    /// <summary>Done when the session is over, with the reason. It never fails.</summary>
    public Task<NetconfFault> Completion => line.Over;

    /// <summary>Logs in and starts <c>junoscript</c> on the device.</summary>
    /// <param name="credentials">Owned by the caller; not used any more once the session is connected.</param>
    /// <param name="timeout">How long an answer may take; null for 60 s.</param>
    /// <exception cref="NetconfException">The line cannot be opened, or the device says nothing.</exception>
    public static Task<JunoscriptSession> ConnectAsync(
        SshTransport transport, SshDial dial, LineCredentials credentials, TimeSpan? timeout = null, TimeProvider? time = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(dial);
        ArgumentNullException.ThrowIfNull(credentials);
        var call = dial with { Service = new SshService.Exec("junoscript"), Terminal = false };
        return Open(observer => transport.Dial(call, observer), credentials, timeout ?? TimeSpan.FromSeconds(60), time ?? TimeProvider.System, cancel);
    }

    internal static async Task<JunoscriptSession> Open(Func<ILineObserver, ILine> open, LineCredentials? credentials, TimeSpan timeout, TimeProvider time, CancellationToken cancel)
    {
        var line = new JunoscriptLine(credentials);
        line.Attach(open(line));
        var session = new JunoscriptSession(line, timeout, time);
        await session.InTime(line.Greeted, "the greeting", cancel).ConfigureAwait(false);
        return session;
    }

    /// <summary>Sends an operation and waits for its reply.</summary>
    /// <exception cref="JunoscriptException">The reply holds an <c>xnm:error</c>.</exception>
    /// <exception cref="NetconfException">The session is over, or the answer is late.</exception>
    public async Task<JunoscriptReply> CallAsync(XElement operation, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var name = operation.Name.LocalName;
        var reply = await InTime(line.Ask(operation), name, cancel).ConfigureAwait(false);
        return reply.Errors.Count > 0 ? throw new JunoscriptException(name, reply) : reply;
    }

    /// <summary>A command of the device's CLI.</summary>
    public Task<JunoscriptReply> CommandAsync(string command, CancellationToken cancel = default) => CallAsync(new XElement("command", command), cancel);

    public Task<JunoscriptReply> LockAsync(CancellationToken cancel = default) => CallAsync(new XElement("lock-configuration"), cancel);

    public Task<JunoscriptReply> UnlockAsync(CancellationToken cancel = default) => CallAsync(new XElement("unlock-configuration"), cancel);

    /// <summary>Loads a configuration into the candidate.</summary>
    /// <param name="configuration">The <c>configuration</c> element.</param>
    /// <param name="action">merge, replace, override or update.</param>
    public Task<JunoscriptReply> LoadAsync(XElement configuration, string action = "merge", CancellationToken cancel = default) =>
        CallAsync(new XElement("load-configuration", new XAttribute("action", action), new XAttribute("format", "xml"), configuration), cancel);

    /// <summary>The same from text in the device's own curly braces.</summary>
    public Task<JunoscriptReply> LoadTextAsync(string configuration, string action = "merge", CancellationToken cancel = default) =>
        CallAsync(new XElement("load-configuration", new XAttribute("action", action), new XAttribute("format", "text"), new XElement("configuration-text", configuration)), cancel);

    /// <summary>Commits the candidate; <paramref name="full"/> lets the device apply all of it anew.</summary>
    public Task<JunoscriptReply> CommitAsync(bool full = false, CancellationToken cancel = default) =>
        CallAsync(new XElement("commit-configuration", full ? new XElement("full") : null), cancel);

    /// <summary>Lets the device check the candidate and commits nothing.</summary>
    public Task<JunoscriptReply> CommitCheckAsync(CancellationToken cancel = default) => CallAsync(new XElement("commit-configuration", new XElement("check")), cancel);

    /// <summary>Ends our document and closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        line.Finish();
        try
        {
            await line.Over.WaitAsync(Farewell, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            line.Abort();
        }

        line.Dispose();
    }

    private async Task<T> InTime<T>(Task<T> answer, string during, CancellationToken cancel)
    {
        try
        {
            return await answer.WaitAsync(timeout, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Later answers could not be told from this late one: the device numbers none.
            var fault = new NetconfFault.Overdue(during, timeout);
            line.Break(fault);
            throw new NetconfException(fault);
        }
    }
}
