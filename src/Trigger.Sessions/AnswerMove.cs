namespace Trigger.Sessions;

/// <summary>What to do next while a step is with the device.</summary>
internal abstract record AnswerMove
{
    /// <summary>More must arrive.</summary>
    public static readonly AnswerMove Wait = new Waits();

    /// <summary>The answer is there, and the next step may begin.</summary>
    public static readonly AnswerMove Done = new Complete();

    private AnswerMove() { }

    /// <summary>It looks decisive; believe it if nothing more arrives for so long.</summary>
    public sealed record WaitFor(TimeSpan Silence) : AnswerMove;

    public sealed record Complete : AnswerMove;

    /// <summary>A person must say what to answer.</summary>
    public sealed record Park(string Question) : AnswerMove;

    /// <summary>No further step is sent.</summary>
    public sealed record GiveUp(DeviceFault Fault) : AnswerMove;

    private sealed record Waits : AnswerMove;
}
