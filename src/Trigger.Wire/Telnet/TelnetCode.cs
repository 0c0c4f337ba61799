namespace Trigger.Wire.Telnet;

/// <summary>Bytes of RFC 854's framing and of the options' own dialogues.</summary>
internal static class TelnetCode
{
    internal const byte SubnegotiationEnd = 240;
    internal const byte Subnegotiation = 250;
    internal const byte Will = 251;
    internal const byte Wont = 252;
    internal const byte Do = 253;
    internal const byte Dont = 254;
    internal const byte Iac = 255;

    // RFC 859, 1091 and 1572 agree on these two.
    internal const byte Is = 0;
    internal const byte Send = 1;
}
