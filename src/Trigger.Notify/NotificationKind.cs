namespace Trigger.Notify;

/// <summary>How a run ended; a listener says which of these it wants to hear of.</summary>
public enum NotificationKind
{
    /// <summary>All well.</summary>
    Finished,

    /// <summary>Some device failed.</summary>
    Failed,

    /// <summary>What became of a changing command is not known: a person has to look.</summary>
    InDoubt,
}
