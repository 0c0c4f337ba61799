namespace Trigger.Sessions.Rehearsals;

/// <summary>One line of a dialogue.</summary>
/// <param name="Line">Where it stands in its file, from one.</param>
public abstract record DialogueMove(int Line)
{
    /// <summary>The device prints this.</summary>
    /// <param name="Line">Where it stands.</param>
    /// <param name="Text">With its line end, when it has one.</param>
    /// <param name="WholeLine">False for a prompt or a question, after which the device waits.</param>
    public sealed record Says(int Line, string Text, bool WholeLine) : DialogueMove(Line);

    /// <summary>The caller's next command, or during the login whatever the session must type there. A line end follows.</summary>
    public sealed record Types(int Line, string Text) : DialogueMove(Line);

    /// <summary>The session must type this by itself, in answer to a question of a command; a line end follows.</summary>
    public sealed record Answers(int Line, string Text) : DialogueMove(Line);

    /// <summary>The session must press this by itself, without a line end: a pager's key, a question that takes one.</summary>
    public sealed record Presses(int Line, string Keys) : DialogueMove(Line);

    /// <summary>The login is over; what is typed from here on are commands.</summary>
    public sealed record Ready(int Line) : DialogueMove(Line);

    /// <summary>What must have come of the last command.</summary>
    /// <param name="Line">Where it stands.</param>
    /// <param name="Refused">Whether the device's answer is an error.</param>
    /// <param name="Mode">The mode in which it ends; empty for the one in which commands run.</param>
    public sealed record Outcome(int Line, bool Refused, string Mode) : DialogueMove(Line);

    private DialogueMove() : this(0) { }
}
