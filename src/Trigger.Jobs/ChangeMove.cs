namespace Trigger.Jobs;

/// <summary>What to do next on a device whose configuration is being changed.</summary>
public abstract record ChangeMove
{
    /// <summary>Send the lines of this part; in a new conversation when the one before is over.</summary>
    /// <param name="Lines">What is typed where that was worked out; null where the recipe tells.</param>
    public sealed record Send(ChangePart Part, IReadOnlyList<string>? Lines = null) : ChangeMove;

    /// <summary>Nothing more.</summary>
    public sealed record Stop(ChangeEnding Ending) : ChangeMove;

    private ChangeMove() { }
}
