using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>
/// The talk from a step's first byte to the prompt behind its answer: turns pages, answers questions, and tells the prompt that ends an answer from one that is part of it.
/// </summary>
internal sealed class AnswerTalk(Conversation talk)
{
    // Our own host's prompt at the very end of what arrived, with output before it: a tenth of the platform's settle time in silence is proof.
    private const int OwnPromptShare = 10;

    private Platform Platform => talk.Platform;

    /// <param name="settled">Nothing has arrived for as long as the last move asked for.</param>
    /// <param name="elapsed">Since the step was sent.</param>
    public AnswerMove Next(bool settled, TimeSpan elapsed)
    {
        if (talk.Reader.Length > Platform.Limits.Output)
            return new AnswerMove.GiveUp(new DeviceFault.TooMuchOutput(talk.Step.Line, Platform.Limits.Output));

        if (!talk.Reader.MovedOn)
            return AnswerMove.Wait;

        switch (talk.Reader.Look(talk.Expected))
        {
            case Sighting.Pages:
                talk.Keyboard.TurnPage(Platform.PagerAnswer);
                return AnswerMove.Wait;

            case Sighting.Asks asks:
                return settled ? Answer(asks.Question) : Settle();

            case Sighting.Prompt { Ours: false } when !settled:
                return Settle();

            // "switch>" may be the beginning of "switch> (enable)".
            case Sighting.Prompt prompt when !settled && prompt.Depth < talk.WorkDepth:
                return Settle();

            case Sighting.Prompt prompt:
                return Complete(prompt, settled, elapsed);

            default:
                return Unknown(settled);
        }
    }

    // Who asks for something that nobody has foreseen waits until the time is up; the caller may as well hear at once what it was.
    private AnswerMove Unknown(bool settled)
    {
        if (!UnknownQuestion.Is(talk.Reader.LastLine))
            return AnswerMove.Wait;

        if (!settled)
            return new AnswerMove.WaitFor(UnknownQuestion.Silence);

        var question = talk.Shown(talk.Reader.LastLine.Trim().ToString());
        return talk.Request.Park is not null && talk.CancelledBy is null ? new AnswerMove.Park(question) : new AnswerMove.GiveUp(new DeviceFault.QuestionAsked(talk.Step.Line, question));
    }

    private AnswerMove.WaitFor Settle() => new(Platform.Limits.Settle);

    private AnswerMove Answer(Question question)
    {
        // What the step itself says to answer is typed once for each time that it says so: a device that asks again has not been satisfied.
        if (talk.Expected.Remove(question))
        {
            talk.Keyboard.Answer(question);
            return AnswerMove.Wait;
        }

        // "copy running-config startup-config", "y": the caller's own next line is the answer when it can be nothing else.
        if (!talk.NextIsTyped && talk.NextStep is { } next && next.Line.Trim().ToUpperInvariant() is "Y" or "YES" or "N" or "NO")
        {
            talk.NextIsTyped = true;
            talk.Keyboard.Line(next.Line);
        }
        else
        {
            talk.Keyboard.Answer(question);
        }

        return AnswerMove.Wait;
    }

    /// <summary>A prompt stands at the end: the answer is there, unless the prompt is part of it.</summary>
    private AnswerMove Complete(Sighting.Prompt prompt, bool settled, TimeSpan elapsed)
    {
        var reply = talk.Reader.Answer();
        if (!reply.Echoed && Platform.Echo && !settled)
            return Settle();

        talk.Report.Prove(reply);

        // Directly behind the echo, but for the line end of our own marker, there is no output for a false prompt to be part of.
        var typeAhead = talk.MayTypeAhead;
        if (!typeAhead && !settled && reply.Body.Length != (prompt.Status is null ? 0 : 1))
            return new AnswerMove.WaitFor(Platform.Limits.Settle / OwnPromptShare);

        talk.Report.Deliver();
        var step = talk.Step;
        talk.Report.Hold(step, talk.NextIsTyped ? talk.NextStep : null, reply.Body, prompt, elapsed);
        talk.Reader.Believe(prompt);
        talk.At += talk.NextIsTyped ? 2 : 1;
        talk.NextIsTyped = false;
        if (typeAhead)
            return AnswerMove.Done;

        var error = talk.Report.Deliver();
        var goOn = error is null || (step.Answers is not { Count: > 0 } && Platform.MayRepeat(step.Line) && !talk.Request.StopAtError) || !talk.HasStep;
        if (goOn)
            return AnswerMove.Done;

        var why = new DeviceFault.Skipped($"the device refused '{step.Line}'");
        if (!talk.Request.Steered)
            return new AnswerMove.GiveUp(why);

        talk.Drop(why);
        return AnswerMove.Done;
    }
}
