namespace Trigger.Lab.Ssh;

/// <summary>
/// What a pretend device does on one SSH session. Called on a server thread, one call at a time; it answers through its
/// <see cref="LabSshShell"/> and must not wait.
/// </summary>
public interface ILabShell
{
    /// <param name="terminal">Whether the client asked for a terminal first.</param>
    void Opened(bool terminal);

    /// <param name="bytes">Valid during the call only.</param>
    void Received(ReadOnlySpan<byte> bytes);

    /// <summary>Everything that was written is on its way, and there is room for more.</summary>
    void Drained()
    {
    }

    /// <summary>The last call, whoever ended the session.</summary>
    void Closed();
}
