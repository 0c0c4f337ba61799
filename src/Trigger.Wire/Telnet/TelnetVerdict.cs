namespace Trigger.Wire.Telnet;

/// <summary>What a caller decides about a <see cref="TelnetRequest"/>.</summary>
public enum TelnetVerdict
{
    /// <summary>Do as if nobody had been asked.</summary>
    AsUsual,

    Agree,
    Refuse,
}
