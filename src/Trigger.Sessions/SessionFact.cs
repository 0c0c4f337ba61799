namespace Trigger.Sessions;

/// <summary>What became of what was asked of a session. Told to whoever sent the <see cref="SessionCommand.Converse"/>.</summary>
public abstract record SessionFact(ConversationId Id)
{
    /// <summary>The device let us in and stands at a prompt.</summary>
    public sealed record LoggedIn(ConversationId Id, string Prompt) : SessionFact(Id);

    /// <summary>The next step changes something: the session waits for <see cref="SessionCommand.Proceed"/> before the first byte of it.</summary>
    public sealed record WantsLeave(ConversationId Id, int Step) : SessionFact(Id);

    /// <summary>
    /// In a steered conversation: every step given so far has its fact, or will not be sent, and the device stands at its prompt. The session waits for <see cref="SessionCommand.More"/> or
    /// <see cref="SessionCommand.Enough"/>.
    /// </summary>
    /// <param name="Fault">Why the steps that have no fact are not sent; null when all were.</param>
    public sealed record WantsMore(ConversationId Id, DeviceFault? Fault) : SessionFact(Id);

    /// <summary>The device asks what nobody has foreseen. The session waits at the question for <see cref="SessionCommand.Answer"/>, so long; <see cref="Unparked"/> follows.</summary>
    public sealed record Parked(ConversationId Id, int Step, string Question, TimeSpan Patience) : SessionFact(Id);

    /// <summary>The question is over.</summary>
    /// <param name="Given">What a person said; null when nobody did: the device went on by itself, the time is up, or the line is gone.</param>
    public sealed record Unparked(ConversationId Id, int Step, GivenAnswer? Given) : SessionFact(Id);

    /// <summary>Accepted: the device answered, and not with an error.</summary>
    /// <param name="Elapsed">From the first byte sent to the prompt that ended the answer.</param>
    /// <param name="InWorkMode">Whether the prompt was that of the mode in which commands start; false inside a configuration mode.</param>
    public sealed record Answered(ConversationId Id, int Step, string Output, TimeSpan Elapsed, bool InWorkMode) : SessionFact(Id)
    {
        /// <summary>What else is worth knowing; null for nothing.</summary>
        public StepNotes? Notes { get; init; }
    }

    /// <summary>Refused: the device answered with an error, or the step could not be sent.</summary>
    public sealed record Refused(ConversationId Id, int Step, DeviceFault Fault, string Output, TimeSpan Elapsed, bool InWorkMode) : SessionFact(Id)
    {
        /// <inheritdoc cref="Answered.Notes"/>
        public StepNotes? Notes { get; init; }
    }

    /// <summary>Unknown: the step was sent, is of the kind that may not be repeated, and no answer says what came of it.</summary>
    public sealed record InDoubt(ConversationId Id, int Step, DeviceFault Fault, string Output, TimeSpan Elapsed) : SessionFact(Id)
    {
        /// <inheritdoc cref="Answered.Notes"/>
        public StepNotes? Notes { get; init; }
    }

    /// <summary>The last word. Steps that had no fact before were not sent; <paramref name="Fault"/> is why, or null when all were.</summary>
    public sealed record Ended(ConversationId Id, DeviceFault? Fault) : SessionFact(Id);
}
