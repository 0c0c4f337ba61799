using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>Something that another thread asks of a session.</summary>
internal readonly record struct SshCommand(SshConversation? Session, SshCommandKind Kind, object? Load = null)
{
    /// <summary>Gives back what a command carries that comes too late.</summary>
    internal void Discard()
    {
        (Load as SshSecrets)?.Dispose();
        foreach (var answer in Load as NativeSecret[] ?? [])
            answer.Dispose();

        (Load as SshAdoption)?.Discard();
        (Load as SshTunnel)?.ComesTooLate();
    }
}

internal enum SshCommandKind
{
    /// <summary>The session exists; its connect deadline runs while the name is looked up.</summary>
    Begin,

    /// <summary>Connect; the load is an array of end points.</summary>
    Dial,

    /// <summary>Speak on a connection that is there already; the load is a <see cref="SshAdoption"/>.</summary>
    Adopt,

    /// <summary>Give up before dialling; the load is the fault.</summary>
    Fail,

    /// <summary>The load is a byte array.</summary>
    Write,

    /// <summary>The load is a <see cref="SshSecrets"/>.</summary>
    Authenticate,

    /// <summary>The load is a person's answers, or nothing if there are none.</summary>
    Answer,

    /// <summary>The store of host keys has answered.</summary>
    Recognised,

    /// <summary>The load is a size.</summary>
    Resize,

    /// <summary>For a jump host; the load is a <see cref="SshTunnel"/>.</summary>
    Carry,

    EndInput,

    Pause,
    Resume,
    Close,
    Abort,

    /// <summary>For the reactor itself: close every session and end the thread.</summary>
    Stop,

    /// <summary>For the reactor itself: look at the deadlines.</summary>
    Tick,
}
