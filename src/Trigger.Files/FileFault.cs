namespace Trigger.Files;

/// <summary>Why a file is not given or taken.</summary>
public enum FileFault
{
    NotFound,

    /// <summary>The name leads out of the root or over a link, or nothing may be written.</summary>
    Denied,

    Exists,

    TooLarge,

    /// <summary>The system refused; the message says what.</summary>
    Failed,
}
