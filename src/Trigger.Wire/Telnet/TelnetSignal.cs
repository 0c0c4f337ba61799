namespace Trigger.Wire.Telnet;

/// <summary>Commands of RFC 854 that stand alone; what a person may send beside text.</summary>
public enum TelnetSignal : byte
{
    /// <summary>Marks a prompt's end where END-OF-RECORD is on (RFC 885).</summary>
    EndOfRecord = 239,

    NoOperation = 241,

    /// <summary>The place of a Synch in the stream.</summary>
    DataMark = 242,

    /// <summary>The break key; console servers hand it to the serial line.</summary>
    Break = 243,

    InterruptProcess = 244,
    AbortOutput = 245,

    /// <summary>Asks for a sign of life.</summary>
    AreYouThere = 246,

    EraseCharacter = 247,
    EraseLine = 248,
    GoAhead = 249,
}
