namespace Trigger.Devices.Platforms;

/// <summary>A commit on trial: the device goes back by itself when it is not confirmed in time.</summary>
public sealed record TrialDialogue
{
    /// <summary>Instead of <see cref="ChangeDialogue.Enter"/>, where the time runs from there; empty otherwise.</summary>
    public IReadOnlyList<string> Enter { get; init; } = [];

    /// <summary>Instead of <see cref="ChangeDialogue.Commit"/>; empty where that stays.</summary>
    public IReadOnlyList<string> Commit { get; init; } = [];

    /// <summary>Keeps the change for good.</summary>
    public required IReadOnlyList<string> Confirm { get; init; }

    /// <summary>Takes the change back at once. Empty where one can only wait for the end of the time.</summary>
    public IReadOnlyList<string> Cancel { get; init; } = [];

    /// <summary>The longest time, in minutes.</summary>
    public int Longest { get; init; }
}
