using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>
/// What the caller of a conversation is told, in order and once. Keeps an answer back while it is complete only as far as can be seen: the echo of the next line, or silence, proves it.
/// </summary>
internal sealed class Report(ConversationId id, Action<SessionFact> tell, Platform platform, PromptReader reader, int workDepth)
{
    private Held? held;
    private bool ended;

    /// <summary>An answer not yet told. <paramref name="Reply"/> is the caller's own next line when that was typed as the answer to a question.</summary>
    private sealed record Held(Step Step, Step? Reply, string Output, Sighting.Prompt Prompt, TimeSpan Elapsed);

    public bool Holds => held is not null;

    /// <summary>Whether the line is Telnet although SSH was asked for.</summary>
    public bool OverTelnet { get; set; }

    /// <summary>What a person was asked and said.</summary>
    public Parking Parking { get; } = new();

    /// <summary>Whether the caller knows that we are in.</summary>
    public bool Began { get; private set; }

    public void LoggedIn()
    {
        Began = true;
        tell(new SessionFact.LoggedIn(id, reader.Prompt));
    }

    public void WantsLeave(Step step) => tell(new SessionFact.WantsLeave(id, step.Number));

    public void Parked(Step step, string question, TimeSpan patience) => tell(new SessionFact.Parked(id, step.Number, question, patience));

    public void Unparked(Step step, GivenAnswer? given) => tell(new SessionFact.Unparked(id, step.Number, given));

    public void WantsMore(DeviceFault? fault) => tell(new SessionFact.WantsMore(id, fault));

    public void Hold(Step step, Step? reply, string output, Sighting.Prompt prompt, TimeSpan elapsed) =>
        held = new Held(step, reply, output, prompt, elapsed);

    /// <summary>
    /// Looks whether the line typed after the held answer has come back. If so the held answer is whole, once what arrived late is added, and is told.
    /// </summary>
    public bool Prove(Reply reply)
    {
        if (held is null || !reply.Echoed)
            return false;

        held = held with { Output = held.Output + reply.Before };
        Deliver();
        return true;
    }

    /// <summary>Tells of the held answer, if there is one. Returns the device's error when it was one.</summary>
    public DeviceFault? Deliver()
    {
        if (held is not { } answer)
            return null;

        held = null;
        answer = answer with { Output = Fit(answer.Step, Said(answer.Output, answer.Prompt)) };
        var error = (DeviceFault?)Verdict.ErrorIn(platform, answer.Output, answer.Prompt.Status) ?? Parking.Aborted(answer.Step);
        var inWorkMode = answer.Prompt.Depth == workDepth;
        Tell(answer.Step, error, answer.Output, answer.Elapsed, inWorkMode);
        if (answer.Reply is { } reply)
            Tell(reply, error, "", TimeSpan.Zero, inWorkMode);
        return error;
    }

    /// <summary>A reading step came to nothing.</summary>
    public void Refuse(Step step, DeviceFault fault, string output, TimeSpan elapsed) =>
        tell(new SessionFact.Refused(id, step.Number, fault, Fit(step, output), elapsed, InWorkMode: true) { Notes = NotesOn(step, output) });

    /// <summary>A changing step was sent, and nobody can say what came of it.</summary>
    public void Doubt(Step step, DeviceFault fault, string output, TimeSpan elapsed) =>
        tell(new SessionFact.InDoubt(id, step.Number, fault, Fit(step, output), elapsed) { Notes = NotesOn(step, output) });

    public void End(DeviceFault? fault)
    {
        if (ended)
            return;

        ended = true;
        tell(new SessionFact.Ended(id, fault));
    }

    // A prompt that carries a status is our own marker, and that begins with a line end of its own: an answer keeps its last line end, or has none if it had none.
    private static string Said(string output, Sighting.Prompt prompt) => prompt.Status is not null && output.EndsWith('\n') ? output[..^1] : output;

    private void Tell(Step step, DeviceFault? error, string output, TimeSpan elapsed, bool inWorkMode) => tell(error is null
        ? new SessionFact.Answered(id, step.Number, output, elapsed, inWorkMode) { Notes = NotesOn(step, output) }
        : new SessionFact.Refused(id, step.Number, error, output, elapsed, inWorkMode) { Notes = NotesOn(step, output) });

    private StepNotes? NotesOn(Step step, string output)
    {
        var logs = LogLines.In(platform, step.Line, output);
        return OverTelnet || logs is not null || Parking.Given.Count > 0 ? new StepNotes { Telnet = OverTelnet, LogLines = logs, Answers = Parking.TakeGiven() }.OrNull() : null;
    }

    // Before anybody hears of it, so that what was to be hidden is on no record; and before it is searched for errors, since those quote it.
    private string Fit(Step step, string output) => step.HideSecrets ? platform.Backup.Hide(output) : output;
}
