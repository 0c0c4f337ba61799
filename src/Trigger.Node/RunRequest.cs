using Trigger.Jobs;

namespace Trigger.Node;

/// <summary>What one process may ask of a run in another, as words in the database.</summary>
internal static class RunRequest
{
    public const string Cancel = "cancel";
    public const string Pause = "pause";
    public const string Unpause = "unpause";
    public const string Approve = "approve";

    /// <summary>The order that a word stands for; null for a word of a newer Trigger.</summary>
    public static RunCommand? Order(string what, string by) => what switch
    {
        Cancel => new RunCommand.Cancel(by),
        Pause => new RunCommand.Pause(by),
        Unpause => new RunCommand.Unpause(by),
        Approve => new RunCommand.Approve(by),
        _ => null,
    };
}
