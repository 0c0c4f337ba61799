namespace Trigger.Wire.Netconf.Engine;

/// <summary>
/// Finds the end of a message's first start tag, in whatever pieces it comes; each byte is looked at once. Only to know when the XML reader can be asked: whether the
/// tag is right, the reader says.
/// </summary>
internal struct HeadScan
{
    private byte first;
    private byte quote;
    private byte last;
    private byte beforeLast;
    private bool inside;
    private bool isComment;

    internal bool Found { get; private set; }

    internal void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (Found)
                return;

            Found = Take(value);
        }
    }

    /// <summary>True at the end of the first start tag, or of a declaration that may not be here.</summary>
    private bool Take(byte value)
    {
        if (!inside)
        {
            if (value == '<')
                (inside, first, quote, isComment) = (true, 0, 0, false);

            return false;
        }

        var ended = false;
        if (first == 0)
            first = value;
        else if (first is (byte)'!' or (byte)'?')
            ended = Skip(value);
        else if (quote != 0)
            quote = value == quote ? (byte)0 : quote;
        else if (value is (byte)'"' or (byte)'\'')
            quote = value; // A '>' in an attribute's value is no end.
        else
            ended = value == '>';

        (beforeLast, last) = (last, value);
        return ended;
    }

    // "<?…?>" and "<!--…-->" are passed over. "<!DOCTYPE" ends the search, and the reader refuses it.
    private bool Skip(byte value)
    {
        if (first == '!' && !isComment && value != '-')
            return true;

        isComment = first == '!';
        if (value == '>' && ((first == '?' && last == '?') || (isComment && last == '-' && beforeLast == '-')))
            inside = false;

        return false;
    }
}
