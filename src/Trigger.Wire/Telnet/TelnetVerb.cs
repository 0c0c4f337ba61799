namespace Trigger.Wire.Telnet;

/// <summary>The four words of option negotiation (RFC 854).</summary>
public enum TelnetVerb : byte
{
    /// <summary>The speaker wants to use the option, or agrees to.</summary>
    Will = 251,

    /// <summary>The speaker does not use the option.</summary>
    Wont = 252,

    /// <summary>The speaker wants the listener to use the option, or agrees to it.</summary>
    Do = 253,

    /// <summary>The speaker wants the listener not to use the option.</summary>
    Dont = 254,
}
