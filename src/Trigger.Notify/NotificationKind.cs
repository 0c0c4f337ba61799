namespace Trigger.Notify;

/// <summary>What is told: how a run ended, or what a person has to judge. A listener says which of these it wants to hear of.</summary>
public enum NotificationKind
{
    /// <summary>All well.</summary>
    Finished,

    /// <summary>Some device failed.</summary>
    Failed,

    /// <summary>What became of a changing command is not known: a person has to look.</summary>
    InDoubt,

    /// <summary>A device has shown an SSH host key that is not the one on record, or that nobody has vouched for: a person has to approve or reject it.</summary>
    HostKey,
}
