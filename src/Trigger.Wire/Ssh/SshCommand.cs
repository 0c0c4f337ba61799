namespace Trigger.Wire.Ssh;

/// <summary>Something that another thread asks of a session.</summary>
internal readonly record struct SshCommand(SshSession? Session, SshCommandKind Kind, object? Load = null);

internal enum SshCommandKind
{
    /// <summary>The session exists; its connect deadline runs while the name is looked up.</summary>
    Begin,

    /// <summary>Connect; the load is an array of end points.</summary>
    Dial,

    /// <summary>Give up before dialling; the load is the fault.</summary>
    Fail,

    /// <summary>The load is a byte array.</summary>
    Write,

    /// <summary>The load is a <see cref="SshSecrets"/>.</summary>
    Authenticate,

    Pause,
    Resume,
    Close,
    Abort,

    /// <summary>For the reactor itself: close every session and end the thread.</summary>
    Stop,

    /// <summary>For the reactor itself: look at the deadlines.</summary>
    Tick,
}
