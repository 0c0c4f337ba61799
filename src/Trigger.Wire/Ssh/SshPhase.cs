namespace Trigger.Wire.Ssh;

/// <summary>How far a conversation is; in the order in which it gets there. Drawn at <see cref="SshConversation"/>.</summary>
internal enum SshPhase
{
    Lookup,
    Tcp,
    Handshake,
    LoggingIn,
    Waiting,
    Answering,
    Opening,
    Running,
    Carrying,
    Closing,
    Closed,
}
