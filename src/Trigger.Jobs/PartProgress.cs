namespace Trigger.Jobs;

/// <summary>A part that was decided for a device, and which of its steps it is.</summary>
/// <param name="From">Number of its first step.</param>
public readonly record struct PartProgress(ChangePart Part, int From, int Count)
{
    /// <summary>The number behind its last step.</summary>
    public int End => From + Count;
}
