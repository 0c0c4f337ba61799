namespace Trigger.Kernel.Actor;

/// <summary>What becomes of a child that failed.</summary>
public enum Directive
{
    /// <summary>It goes on as if nothing had happened, without the failing message.</summary>
    Resume,

    /// <summary>A new instance takes its place and its queue.</summary>
    Restart,

    /// <summary>The supervisor fails for the same reason.</summary>
    Escalate,

    Stop,
}
