namespace Trigger.Lab.Ssh;

/// <summary>How a pretend device misbehaves.</summary>
public enum LabSshFault
{
    None,

    /// <summary>Accepts the connection and never says a word.</summary>
    Silent,

    /// <summary>Lets the user in and refuses the session channel.</summary>
    RefuseChannel,

    /// <summary>Grants a channel and refuses the terminal.</summary>
    RefuseTerminal,

    /// <summary>Grants a channel and a terminal and refuses the shell.</summary>
    RefuseShell,
}
