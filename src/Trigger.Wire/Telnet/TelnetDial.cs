using System.Collections.ObjectModel;

namespace Trigger.Wire.Telnet;

/// <summary>A Telnet call to make. The login dialogue is not part of it: that is text, and the session's business.</summary>
public sealed record TelnetDial
{
    /// <summary>A name or an address; IPv6 without brackets.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required DialLimits Limits { get; init; }

    /// <summary>What TERMINAL-TYPE (RFC 1091) answers first.</summary>
    public string TerminalType { get; init; } = "vt100";

    /// <summary>What it answers when asked again, in this order; the last name is told twice.</summary>
    public IReadOnlyList<string> FurtherTerminalTypes { get; init; } = [];

    /// <summary>What NAWS (RFC 1073) says. Zero rows mean "not told", and most devices then do not page.</summary>
    public int Columns { get; init; } = 511;

    public int Rows { get; init; }

    /// <summary>
    /// Whether we send BINARY (RFC 856) when asked to. Every byte then arrives as it is, a carriage return too, and a line is ended by one alone. The far end may
    /// always send it.
    /// </summary>
    public bool Binary { get; init; }

    /// <summary>The variables that NEW-ENVIRON (RFC 1572) may tell; empty, and the option is refused. Nothing is taken from the process's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Options that we ask the far end to use, as soon as the line is up. Usually none: a server begins.</summary>
    public IReadOnlyList<TelnetOption> Ask { get; init; } = [];

    /// <summary>Options that we offer to use, likewise.</summary>
    public IReadOnlyList<TelnetOption> Offer { get; init; } = [];

    /// <summary>
    /// Decides about a request of the far end, in place of the built-in rule; every request is answered in any case. Called on the line's reading task, once for each
    /// request that may change something; it must not wait.
    /// </summary>
    public Func<TelnetRequest, TelnetVerdict>? Decide { get; init; }

    /// <summary>
    /// Hears every subnegotiation (up to 512 bytes after the option; longer ones are ignored) and may answer it: what is returned is framed and sent after the option's byte.
    /// Null leaves it to the built-in answers.
    /// </summary>
    public Func<TelnetOption, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? Subnegotiated { get; init; }

    /// <summary>Hears what is negotiated, as <c>&lt; DO NAWS</c> and <c>&gt; WILL NAWS</c>. Not the data.</summary>
    public Action<string>? Trace { get; init; }
}
