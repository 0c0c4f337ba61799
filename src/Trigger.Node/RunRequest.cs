using System.Globalization;
using Trigger.Jobs;

namespace Trigger.Node;

/// <summary>What one process may ask of a run in another, as words in the database.</summary>
internal static class RunRequest
{
    public const string Cancel = "cancel";
    public const string Pause = "pause";
    public const string Unpause = "unpause";
    public const string Approve = "approve";
    private const string Say = "answer";
    private const string TakeBack = "take-back";

    /// <summary>A person's word on a question, as the words in the database have it: answer or take back, whom, in which step, and what.</summary>
    public static string Answer(string device, int step, string? text) =>
        text is null ? $"{TakeBack}\n{device}\n{step.ToString(CultureInfo.InvariantCulture)}" : $"{Say}\n{device}\n{step.ToString(CultureInfo.InvariantCulture)}\n{text}";

    /// <summary>The order that a word stands for; null for a word of a newer Trigger.</summary>
    public static RunCommand? Order(string what, string by) => what switch
    {
        Cancel => new RunCommand.Cancel(by),
        Pause => new RunCommand.Pause(by),
        Unpause => new RunCommand.Unpause(by),
        Approve => new RunCommand.Approve(by),
        _ => Word(what.Split('\n', 4), by),
    };

    private static RunCommand.Answer? Word(string[] parts, string by) => parts switch
    {
        [Say, var device, var step, var text] when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new RunCommand.Answer(device, number, text, by),
        [TakeBack, var device, var step] when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new RunCommand.Answer(device, number, null, by),
        _ => null,
    };
}
