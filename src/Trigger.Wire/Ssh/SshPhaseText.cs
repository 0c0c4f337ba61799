namespace Trigger.Wire.Ssh;

/// <summary>Phases as faults tell of them.</summary>
internal static class SshPhaseText
{
    /// <summary>What was going on in a phase.</summary>
    internal static string Told(this SshPhase phase) => phase switch
    {
        SshPhase.Lookup or SshPhase.Tcp => "connecting",
        SshPhase.Handshake => SshHandshake.During,
        SshPhase.LoggingIn or SshPhase.Waiting or SshPhase.Answering => "authenticating",
        SshPhase.Opening => "opening the shell",
        _ => "the session",
    };
}
