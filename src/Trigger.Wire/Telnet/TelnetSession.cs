using Trigger.Wire.Dialogue;

namespace Trigger.Wire.Telnet;

/// <summary>
/// A Telnet session to be used alone: <c>await using var t = await TelnetSession.ConnectAsync("router1");</c>. Everything that it reads and writes with is
/// <see cref="LineDialogue"/>'s; <c>TELNETLIB.md</c> says what the methods of Python's telnetlib are called here.
/// </summary>
public sealed class TelnetSession : LineDialogue
{
    // In BINARY a return ends a line by itself; else CR LF is the NVT's line end, whatever was asked for.
    private TelnetSession(DialogueOptions options, TelnetDial dial)
        : base(options, dial.Binary ? "\r" : "\r\n")
    {
    }

    private TelnetLine Wire => (TelnetLine)Line;

    /// <summary>Connects. Does not log in: that is text, and the caller's part of the dialogue.</summary>
    /// <param name="host">A name or an address.</param>
    /// <exception cref="LineOpenException">Nobody answered; the fault says why.</exception>
    public static Task<TelnetSession> ConnectAsync(string host, int port = 23, DialogueOptions? options = null, CancellationToken cancel = default) =>
        ConnectAsync(new TelnetDial { Host = host, Port = port, Limits = DialLimits.Usual }, options, cancel);

    /// <summary>Connects as the dial says, which is also where options are decided about.</summary>
    /// <inheritdoc cref="ConnectAsync(string, int, DialogueOptions?, CancellationToken)"/>
    public static async Task<TelnetSession> ConnectAsync(TelnetDial dial, DialogueOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(dial);
        var manners = options ?? new DialogueOptions();
        var session = new TelnetSession(manners, dial);
        var traced = manners.Log is { } log ? dial with { Trace = line => { log(line); dial.Trace?.Invoke(line); } } : dial;
        await session.Open(observer => new TelnetDialer(manners.Time).Dial(traced, observer), cancel).ConfigureAwait(false);
        return session;
    }

    /// <summary>Sends a command that stands alone: a break, an interrupt.</summary>
    public void Signal(TelnetSignal signal) => Wire.Signal(signal);

    /// <summary>Tells the far end the window's new size, when it wants to know.</summary>
    public void Resize(int columns, int rows) => Wire.Resize(columns, rows);
}
