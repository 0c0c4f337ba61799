namespace Trigger.Wire;

/// <summary>
/// An open way to a device: bytes out by these calls, bytes and news in through the <see cref="ILineObserver"/> given to the
/// dial. Every member may be called from any thread, never blocks, and does nothing once the line is closed.
/// </summary>
public interface ILine
{
    /// <summary>Queues bytes for the device, in order. Telnet doubles IAC itself; the caller ends lines as the platform wants them.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Answers <see cref="ILineObserver.Authenticating"/>. Means nothing to Telnet, whose login is text on the line.
    /// The line copies the secrets before this returns, and wipes its copies when the server has judged them.
    /// </summary>
    void Authenticate(LineCredentials credentials);

    /// <summary>Stops reading, so that a device that talks too fast is held by its own transport; <see cref="Resume"/> reads on.</summary>
    void Pause();

    /// <inheritdoc cref="Pause"/>
    void Resume();

    /// <summary>The window of whoever looks at the terminal has another size now. Does nothing on a line without a terminal.</summary>
    void Resize(int columns, int rows)
    {
    }

    /// <summary>Says that no input will follow (RFC 4254 §5.3), for commands that read to its end; the line stays open. Does nothing where the protocol cannot say it.</summary>
    void EndInput()
    {
    }

    /// <summary>Ends the line in order: what is queued is still sent.</summary>
    void Close();

    /// <summary>Ends the line at once with a reset; bytes not yet sent never arrive.</summary>
    void Abort();
}
