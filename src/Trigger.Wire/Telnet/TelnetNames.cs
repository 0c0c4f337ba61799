namespace Trigger.Wire.Telnet;

/// <summary>The RFCs' names of what Telnet says, for a log.</summary>
public static class TelnetNames
{
    public static string Of(TelnetOption option) => option switch
    {
        TelnetOption.Binary => "BINARY",
        TelnetOption.Echo => "ECHO",
        TelnetOption.SuppressGoAhead => "SUPPRESS-GO-AHEAD",
        TelnetOption.Status => "STATUS",
        TelnetOption.TimingMark => "TIMING-MARK",
        TelnetOption.TerminalType => "TERMINAL-TYPE",
        TelnetOption.EndOfRecord => "END-OF-RECORD",
        TelnetOption.WindowSize => "NAWS",
        TelnetOption.TerminalSpeed => "TERMINAL-SPEED",
        TelnetOption.RemoteFlowControl => "TOGGLE-FLOW-CONTROL",
        TelnetOption.LineMode => "LINEMODE",
        TelnetOption.XDisplayLocation => "X-DISPLAY-LOCATION",
        TelnetOption.OldEnvironment => "OLD-ENVIRON",
        TelnetOption.Authentication => "AUTHENTICATION",
        TelnetOption.Encryption => "ENCRYPT",
        TelnetOption.NewEnvironment => "NEW-ENVIRON",
        _ => $"option {(byte)option}",
    };

    public static string Of(TelnetVerb verb) => verb switch
    {
        TelnetVerb.Will => "WILL",
        TelnetVerb.Wont => "WONT",
        TelnetVerb.Do => "DO",
        _ => "DONT",
    };

    public static string Of(TelnetSignal signal) => signal switch
    {
        TelnetSignal.EndOfRecord => "EOR",
        TelnetSignal.NoOperation => "NOP",
        TelnetSignal.DataMark => "DM",
        TelnetSignal.Break => "BRK",
        TelnetSignal.InterruptProcess => "IP",
        TelnetSignal.AbortOutput => "AO",
        TelnetSignal.AreYouThere => "AYT",
        TelnetSignal.EraseCharacter => "EC",
        TelnetSignal.EraseLine => "EL",
        TelnetSignal.GoAhead => "GA",
        _ => $"command {(byte)signal}",
    };
}
