namespace Trigger.Acl.Deciding;

/// <summary>How much work a question may cost. A unit is one box looked at once: some ten nanoseconds.</summary>
public sealed class Budget(long units, long perQuestion)
{
    private long left = units;

    /// <summary>Enough for a report on a hundred thousand realistic lines; an adversary's list ends in about two seconds.</summary>
    public static Budget Default => new(200_000_000, 2_000_000);

    public long PerQuestion => Math.Min(left, perQuestion);

    public bool Spent => left <= 0;

    public void Take(long units) => left -= units;
}
