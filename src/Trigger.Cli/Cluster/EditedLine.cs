namespace Trigger.Cli.Cluster;

/// <summary>A line as somebody types it, with the lines typed before. Knows nothing of a screen.</summary>
internal sealed class EditedLine(IReadOnlyList<string> history)
{
    private int at = history.Count;
    private string own = "";

    public string Text { get; private set; } = "";

    /// <summary>Where the next key goes.</summary>
    public int Cursor { get; private set; }

    /// <summary>Does what a key does. Keys that mean nothing here do nothing.</summary>
    /// <returns>True when the line is done.</returns>
    public bool Take(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter: return true;
            case ConsoleKey.Backspace when Cursor > 0: Replace(Cursor - 1, Cursor, ""); break;
            case ConsoleKey.Delete or ConsoleKey.D when (key.Key == ConsoleKey.Delete || control) && Cursor < Text.Length: Replace(Cursor, Cursor + 1, ""); break;
            case ConsoleKey.LeftArrow or ConsoleKey.B when key.Key == ConsoleKey.LeftArrow || control: Cursor = Math.Max(0, Cursor - 1); break;
            case ConsoleKey.RightArrow or ConsoleKey.F when key.Key == ConsoleKey.RightArrow || control: Cursor = Math.Min(Text.Length, Cursor + 1); break;
            case ConsoleKey.Home or ConsoleKey.A when key.Key == ConsoleKey.Home || control: Cursor = 0; break;
            case ConsoleKey.End or ConsoleKey.E when key.Key == ConsoleKey.End || control: Cursor = Text.Length; break;
            case ConsoleKey.UpArrow or ConsoleKey.P when key.Key == ConsoleKey.UpArrow || control: Go(-1); break;
            case ConsoleKey.DownArrow or ConsoleKey.N when key.Key == ConsoleKey.DownArrow || control: Go(1); break;
            case ConsoleKey.U when control: Replace(0, Cursor, ""); break;
            case ConsoleKey.K when control: Replace(Cursor, Text.Length, ""); break;
            case ConsoleKey.W when control: Replace(WordStart(), Cursor, ""); break;
            default:
                if (!char.IsControl(key.KeyChar) && key.KeyChar != '\0')
                    Replace(Cursor, Cursor, key.KeyChar.ToString());
                break;
        }

        return false;
    }

    /// <summary>Lets the word before the cursor become what all candidates begin with; a single one is finished with a blank.</summary>
    /// <returns>The candidates, when there is a choice.</returns>
    public IReadOnlyList<string> Complete(Func<string, IEnumerable<string>> candidates)
    {
        var found = candidates(Text[..Cursor]).Order(StringComparer.Ordinal).ToArray();
        if (found.Length == 0)
            return [];

        var common = found[0];
        foreach (var other in found)
            common = common[..common.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count()];
        Replace(Text.LastIndexOf(' ', Math.Max(0, Cursor - 1), Math.Max(0, Cursor)) + 1, Cursor, found.Length == 1 ? common + " " : common);
        return found.Length == 1 ? [] : found;
    }

    private int WordStart()
    {
        var start = Cursor;
        while (start > 0 && Text[start - 1] == ' ')
            start--;
        while (start > 0 && Text[start - 1] != ' ')
            start--;
        return start;
    }

    private void Replace(int from, int to, string with)
    {
        Text = Text[..from] + with + Text[to..];
        Cursor = from + with.Length;
    }

    private void Go(int step)
    {
        if (at + step < 0 || at + step > history.Count)
            return;
        if (at == history.Count)
            own = Text;
        at += step;
        Text = at == history.Count ? own : history[at];
        Cursor = Text.Length;
    }
}
