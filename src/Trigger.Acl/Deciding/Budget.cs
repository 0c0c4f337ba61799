namespace Trigger.Acl.Deciding;

/// <summary>How much work a question may cost. A unit is one box looked at once: some ten nanoseconds.</summary>
public sealed class Budget(long units, long perQuestion)
{
    private readonly long whole = units;
    private long left = units;
    private long placed;

    /// <summary>Enough for a report on a hundred thousand realistic lines; an adversary's list ends in about two seconds.</summary>
    public static Budget Default => new(200_000_000, 2_000_000);

    /// <summary>Ends the work on a question at once, with an <see cref="OperationCanceledException"/>. What is between two looks at it takes milliseconds.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Into how many boxes the filters of one question may be taken apart: each costs some 200 bytes.</summary>
    public long MostBoxes { get; init; } = long.MaxValue;

    public long PerQuestion => Math.Min(left, perQuestion);

    public bool Spent => left <= 0;

    /// <summary>Throws when nobody waits for the answer any more.</summary>
    public void Look() => Cancel.ThrowIfCancellationRequested();

    public void Take(long units)
    {
        Cancel.ThrowIfCancellationRequested();
        left -= units;
    }

    /// <summary>The same for another question.</summary>
    public Budget Again() => new(whole, perQuestion) { Cancel = Cancel, MostBoxes = MostBoxes };

    /// <exception cref="QuestionTooLargeException">There are too many of them.</exception>
    internal void Place(long boxes)
    {
        Cancel.ThrowIfCancellationRequested();
        placed += boxes;
        if (placed > MostBoxes)
            throw new QuestionTooLargeException(MostBoxes);
    }
}
