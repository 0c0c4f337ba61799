using System.Net;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>Something that another thread asks of a session.</summary>
internal readonly record struct SshCommand(SshConversation? Session, SshCommandKind Kind, object? Load = null)
{
    /// <summary>Gives back what a command carries that comes too late.</summary>
    internal void Discard()
    {
        (Load as SshSecrets)?.Dispose();
        if (Kind == SshCommandKind.Adopt)
            TcpSocket.Close((((int Fd, IPEndPoint From))Load!).Fd);
    }
}

internal enum SshCommandKind
{
    /// <summary>The session exists; its connect deadline runs while the name is looked up.</summary>
    Begin,

    /// <summary>Connect; the load is an array of end points.</summary>
    Dial,

    /// <summary>Speak on a connection that is there already; the load is its descriptor and the far end point.</summary>
    Adopt,

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
