namespace Trigger.Lab;

/// <summary>An answer that waits for a key after every page.</summary>
internal sealed class LabPager(string question, string text)
{
    private const int Page = 23;

    private int at;

    public bool Done => at >= text.Length;

    /// <summary>The first page, and the question when there is more.</summary>
    public string Begin() => Next(Page);

    /// <summary>What follows a key: RETURN a line, q and Ctrl-C nothing, anything else a page.</summary>
    public string Press(char key)
    {
        // Devices take the question back by going over it with blanks.
        var erased = new string('\b', question.Length) + new string(' ', question.Length) + new string('\b', question.Length);
        if (key is 'q' or 'Q' or '\x03')
            at = text.Length;
        return erased + Next(key is '\r' or '\n' ? 1 : Page);
    }

    private string Next(int lines)
    {
        var start = at;
        for (; lines > 0 && !Done; lines--)
        {
            var end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        return Done ? text[start..] : text[start..at] + question;
    }
}
