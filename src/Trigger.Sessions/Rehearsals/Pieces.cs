namespace Trigger.Sessions.Rehearsals;

/// <summary>How a rehearsed device's words are cut into pieces, as a network would.</summary>
public readonly record struct Pieces
{
    private readonly int at;

    private Pieces(int at) => this.at = at;

    /// <summary>Every answer arrives at once.</summary>
    public static Pieces Whole => default;

    /// <summary>Every byte arrives by itself.</summary>
    public static Pieces EachByte => new(-1);

    /// <summary>Every answer arrives in two pieces, the first of so many bytes.</summary>
    public static Pieces SplitAt(int bytes) => new(bytes);

    internal IEnumerable<ReadOnlyMemory<byte>> Of(byte[] words)
    {
        if (at < 0)
        {
            for (var i = 0; i < words.Length; i++)
                yield return words.AsMemory(i, 1);
        }
        else if (at > 0 && at < words.Length)
        {
            yield return words.AsMemory(0, at);
            yield return words.AsMemory(at);
        }
        else if (words.Length > 0)
        {
            yield return words;
        }
    }
}
