namespace Trigger.Wire.Telnet;

/// <summary>A Telnet call to make. The login dialogue is not part of it: that is text, and the session's business.</summary>
public sealed record TelnetDial
{
    /// <summary>A name or an address; IPv6 without brackets.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required DialLimits Limits { get; init; }

    /// <summary>What TERMINAL-TYPE (RFC 1091) answers.</summary>
    public string TerminalType { get; init; } = "vt100";

    /// <summary>What NAWS (RFC 1073) says. Zero rows mean "not told", and most devices then do not page.</summary>
    public int Columns { get; init; } = 511;

    public int Rows { get; init; }
}
