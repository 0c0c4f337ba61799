using System.Collections.Immutable;

namespace Trigger.Jobs;

/// <summary>How far a device is. Immutable.</summary>
/// <param name="Outcomes">One per step that has ended, in order of steps: a step never ends before the one before it.</param>
/// <param name="Started">The last step whose intent is on record, or -1.</param>
public sealed record DeviceProgress(ImmutableArray<StepVerdict> Outcomes, int Started, bool InWorkMode)
{
    public static DeviceProgress None { get; } = new([], -1, InWorkMode: true);

    /// <summary>Whether a step was not accepted.</summary>
    public bool Failed { get; init; }

    /// <summary>What was decided for it so far, in a run that decides as results come.</summary>
    public ImmutableArray<PartProgress> Parts { get; init; } = [];

    /// <summary>The lines of all those parts.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>What a change left it with; null while nobody knows.</summary>
    public ChangeEnding? Ending { get; init; }

    /// <summary>How often it was tried again.</summary>
    public int Retries { get; init; }

    /// <summary>Not to be tried again before this moment.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The question that the step under way waits at for a person; null when it does not.</summary>
    public string? Question { get; init; }

    /// <summary>The first step without an outcome.</summary>
    public int Next => Outcomes.Length;

    /// <summary>Whether a changing step was begun and nobody knows how it ended.</summary>
    public bool Doubtful => Started >= Outcomes.Length;
}
