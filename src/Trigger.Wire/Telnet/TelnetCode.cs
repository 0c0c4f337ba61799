namespace Trigger.Wire.Telnet;

/// <summary>Commands (RFC 854) and options that we have an opinion about.</summary>
internal static class TelnetCode
{
    internal const byte SubnegotiationEnd = 240;
    internal const byte Subnegotiation = 250;
    internal const byte Will = 251;
    internal const byte Wont = 252;
    internal const byte Do = 253;
    internal const byte Dont = 254;
    internal const byte Iac = 255;

    internal const byte Binary = 0; // RFC 856
    internal const byte Echo = 1; // RFC 857
    internal const byte SuppressGoAhead = 3; // RFC 858
    internal const byte TerminalType = 24; // RFC 1091
    internal const byte WindowSize = 31; // RFC 1073

    internal const byte TerminalTypeIs = 0;
    internal const byte TerminalTypeSend = 1;
}
