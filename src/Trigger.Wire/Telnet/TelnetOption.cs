namespace Trigger.Wire.Telnet;

/// <summary>
/// Telnet's options by their numbers (IANA "Telnet Options"). Any other number may be cast to this type; <see cref="TelnetNames"/> prints it.
/// </summary>
public enum TelnetOption : byte
{
    /// <summary>RFC 856.</summary>
    Binary = 0,

    /// <summary>RFC 857.</summary>
    Echo = 1,

    /// <summary>RFC 858.</summary>
    SuppressGoAhead = 3,

    /// <summary>RFC 859.</summary>
    Status = 5,

    /// <summary>RFC 860.</summary>
    TimingMark = 6,

    /// <summary>RFC 1091.</summary>
    TerminalType = 24,

    /// <summary>RFC 885.</summary>
    EndOfRecord = 25,

    /// <summary>RFC 1073.</summary>
    WindowSize = 31,

    /// <summary>RFC 1079.</summary>
    TerminalSpeed = 32,

    /// <summary>RFC 1372.</summary>
    RemoteFlowControl = 33,

    /// <summary>RFC 1184.</summary>
    LineMode = 34,

    /// <summary>RFC 1096.</summary>
    XDisplayLocation = 35,

    /// <summary>RFC 1408, which RFC 1572 replaced.</summary>
    OldEnvironment = 36,

    /// <summary>RFC 2941.</summary>
    Authentication = 37,

    /// <summary>RFC 2946.</summary>
    Encryption = 38,

    /// <summary>RFC 1572.</summary>
    NewEnvironment = 39,
}
