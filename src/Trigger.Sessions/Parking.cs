namespace Trigger.Sessions;

/// <summary>What was asked of a person in the step under way, and what was said.</summary>
internal sealed class Parking
{
    private readonly List<GivenAnswer> given = [];
    private int aborted = -1;
    private GivenAnswer? abortion;

    /// <summary>The question that waits for a person; null when none does.</summary>
    public string? Question { get; private set; }

    /// <summary>The step that it is asked in.</summary>
    public Step? Step { get; private set; }

    /// <summary>When it is taken back; a device that prints something meanwhile does not put it off.</summary>
    public DateTimeOffset Until { get; private set; }

    public IReadOnlyList<GivenAnswer> Given => given;

    public void Ask(Step step, string question, DateTimeOffset until)
    {
        Step = step;
        Question = question;
        Until = until;
    }

    /// <summary>The question is over.</summary>
    /// <param name="text">What was typed; null when it was taken back.</param>
    public GivenAnswer Settle(string? text, string by, int step)
    {
        var answer = new GivenAnswer(Question!, text is null || UnknownQuestion.IsForSecret(Question!) ? null : text, by, Aborted: text is null);
        Question = null;
        given.Add(answer);
        if (text is null)
            (aborted, abortion) = (step, answer);
        return answer;
    }

    /// <summary>The device went on by itself.</summary>
    public void Forget() => Question = null;

    /// <summary>Why the step is not accepted although the device came back to its prompt: a person took its question back.</summary>
    public DeviceFault.QuestionAborted? Aborted(Step step) => aborted == step.Number && abortion is { } by ? new DeviceFault.QuestionAborted(step.Line, by.Question, by.By) : null;

    public IReadOnlyList<GivenAnswer>? TakeGiven()
    {
        if (given.Count == 0)
            return null;

        GivenAnswer[] taken = [.. given];
        given.Clear();
        return taken;
    }
}
