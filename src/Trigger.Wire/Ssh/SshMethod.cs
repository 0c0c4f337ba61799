namespace Trigger.Wire.Ssh;

/// <summary>A way to log in (RFC 4252, RFC 4256).</summary>
public enum SshMethod
{
    /// <summary>"publickey" with the private keys of the credentials.</summary>
    Keys,

    /// <summary>"publickey" with the keys that the agent holds.</summary>
    Agent,

    /// <summary>"password".</summary>
    Password,

    /// <summary>"keyboard-interactive": questions, answered from the credentials or by <see cref="SshDial.Ask"/>.</summary>
    KeyboardInteractive,
}
