namespace Trigger.Lab;

/// <summary>What a pretended device does wrong. May be combined where it makes sense.</summary>
[Flags]
public enum LabFaults
{
    None = 0,

    /// <summary>Nobody listens at the address.</summary>
    RefuseConnection = 1,

    /// <summary>Accepts the connection and never says a byte.</summary>
    Silent = 2,

    /// <summary>An SSH port that answers in another protocol.</summary>
    NotSsh = 4,

    /// <summary>An SSH server that offers nothing newer than SHA-1 and CBC.</summary>
    OldAlgorithmsOnly = 8,

    /// <summary>Every password is wrong.</summary>
    RefuseLogin = 16,

    /// <summary>Every enable password is wrong.</summary>
    RefuseEnable = 32,

    /// <summary>A prompt that no platform definition knows.</summary>
    StrangePrompt = 64,

    /// <summary>The line drops in the middle of an answer.</summary>
    DropDuringCommand = 128,

    /// <summary>The answer stops in the middle and nothing follows.</summary>
    HangDuringCommand = 256,

    /// <summary>The answer never ends.</summary>
    EndlessOutput = 512,

    /// <summary>Every command is answered with the platform's error.</summary>
    ErrorToEveryCommand = 1024,

    /// <summary>Pages although paging was switched off.</summary>
    PagesEverything = 2048,

    /// <summary>Sends its bytes one by one.</summary>
    SlowDrip = 4096,

    /// <summary>SSH: lets the user in and then gives no shell.</summary>
    RefuseShell = 8192,
}
