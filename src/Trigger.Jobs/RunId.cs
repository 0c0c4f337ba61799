using System.Security.Cryptography;

namespace Trigger.Jobs;

/// <summary>Names a run for ever: the time it was made (UTC, so that names sort) and four letters of chance, for example <c>20261121-0559-kqzf</c>.</summary>
public readonly record struct RunId(string Value)
{
    public static RunId New(TimeProvider time)
    {
        var letters = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 4);
        return new RunId($"{time.GetUtcNow():yyyyMMdd-HHmm}-{letters}");
    }

    public override string ToString() => Value;
}
