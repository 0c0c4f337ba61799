namespace Trigger.Jobs;

/// <summary>
/// What a change has seen on one device and what is not in its events, because answers are kept beside them. Gone after a crash; whatever is decided without it errs to the side of caution.
/// </summary>
public sealed record ChangeMemory
{
    public static ChangeMemory None { get; } = new();

    /// <summary>The running configuration before the change.</summary>
    public string? Before { get; init; }

    /// <summary>The running configuration behind it, where it was read.</summary>
    public string? After { get; init; }

    /// <summary>The running configuration once it was taken back.</summary>
    public string? Proof { get; init; }

    /// <summary>What the comparison answered.</summary>
    public string? Compared { get; init; }

    /// <summary>When the trial was begun, or earlier.</summary>
    public DateTimeOffset? TrialAt { get; init; }

    /// <summary>What went wrong first, as the end of a sentence.</summary>
    public string? Why { get; init; }
}
