namespace Trigger.Wire;

/// <summary>
/// Hears what happens on one line. Called from wire threads, one call at a time and in order; an implementation hands the
/// news on (to an actor, a channel) and returns at once.
/// </summary>
public interface ILineObserver
{
    /// <summary>
    /// SSH only: the key exchange is done, the host key is accepted, and the server waits for credentials. Nothing secret has been
    /// sent yet. The observer calls <see cref="ILine.Authenticate"/> when it may; the authentication deadline counts from that call.
    /// </summary>
    void Authenticating(LineGreeting greeting);

    /// <summary>The line carries bytes: TCP is up (Telnet), or the shell has been granted (SSH).</summary>
    void Opened(LineGreeting greeting);

    /// <summary>Bytes from the device with all protocol framing removed. The memory belongs to the receiver from now on.</summary>
    void Received(ReadOnlyMemory<byte> bytes);

    /// <summary>SSH only, and only for a dial that asks to have it apart: bytes of the error stream (stderr).</summary>
    void ReceivedError(ReadOnlyMemory<byte> bytes) => Received(bytes);

    /// <summary>SSH only: how the command or shell ended, when the server said so. At most once, after all bytes and before <see cref="Closed"/>.</summary>
    void Exited(LineExit exit)
    {
    }

    /// <summary>Exactly once, and last. Null when the line ended in order: the far end closed it after it was open, or we did.</summary>
    void Closed(WireFault? fault);
}
