namespace Trigger.Jobs;

/// <summary>A part that was decided for a device, and which of its steps it is.</summary>
/// <param name="From">Number of its first step.</param>
/// <param name="Life">How often the run had been resumed.</param>
/// <param name="Anew">Whether it began a new conversation.</param>
public readonly record struct PartProgress(ChangePart Part, int From, int Count, int Life, bool Anew)
{
    /// <summary>The number behind its last step.</summary>
    public int End => From + Count;
}
