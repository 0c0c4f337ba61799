namespace Trigger.Jobs;

/// <summary>How a run stands, as far as people have a say in it.</summary>
public enum RunStanding
{
    Running,

    /// <summary>Nothing is begun before somebody else than who asked for the run approves it.</summary>
    AwaitingApproval,

    /// <summary>Nothing further is begun before somebody lets it go on.</summary>
    Paused,

    Cancelling,

    Finished,
}
