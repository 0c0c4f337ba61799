namespace Trigger.Kernel.Persistence.Journal;

/// <summary>What is done about events that an older incarnation wrote after a newer one had begun.</summary>
public enum ReplayFilterMode
{
    /// <summary>The recovery fails.</summary>
    Fail,

    /// <summary>They are logged and replayed.</summary>
    Warn,

    /// <summary>They are logged and left out.</summary>
    RepairByDiscardOld,

    /// <summary>Nobody looks.</summary>
    Disabled,
}
