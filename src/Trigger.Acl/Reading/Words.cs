namespace Trigger.Acl.Reading;

/// <summary>The words of one line, in turn.</summary>
internal ref struct Words(ReadOnlySpan<char> line)
{
    private readonly ReadOnlySpan<char> line = line;
    private int next;

    /// <summary>Where the word that was last taken begins, from zero.</summary>
    public int At { get; private set; }

    /// <summary>Where the next word begins.</summary>
    public int NextAt
    {
        get
        {
            var at = next;
            while (at < line.Length && line[at] is ' ' or '\t')
                at++;
            return at;
        }
    }

    public bool Done => NextAt >= line.Length;

    public readonly ReadOnlySpan<char> Line => line;

    public ReadOnlySpan<char> Peek()
    {
        var mark = (next, At);
        var word = Take();
        (next, At) = mark;
        return word;
    }

    /// <summary>The next word, or nothing at the end.</summary>
    public ReadOnlySpan<char> Take()
    {
        var from = NextAt;
        At = from;
        var end = from;
        while (end < line.Length && line[end] is not (' ' or '\t'))
            end++;
        next = end;
        return line[from..end];
    }

    public bool TryTake(ReadOnlySpan<char> word)
    {
        var mark = (next, At);
        if (Take().Equals(word, StringComparison.OrdinalIgnoreCase))
            return true;
        (next, At) = mark;
        return false;
    }

    /// <summary>All that is left of the line.</summary>
    public ReadOnlySpan<char> Rest()
    {
        var from = NextAt;
        At = from;
        next = line.Length;
        return line[from..].TrimEnd();
    }
}
