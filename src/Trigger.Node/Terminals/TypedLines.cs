using System.Text;

namespace Trigger.Node.Terminals;

/// <summary>
/// What a person has entered, as the device's screen showed it: the line that stood there when Enter was pressed, prompt and all. A password is not on it, because devices do not echo
/// those; what the keys themselves were is known to nobody here.
/// </summary>
internal sealed class TypedLines
{
    private const int LongestLine = 400;
    private const int MostKept = 5_000;

    private readonly Lock gate = new();
    private readonly StringBuilder line = new();
    private readonly List<string> lines = [];
    private int entered;
    private int enteredSince;
    private int missed;
    private bool begun;
    private Escape escape;

    private enum Escape
    {
        None,
        Begun,
        Control,
        Text,
    }

    /// <summary>From here on it is the person who types; before, it was the login.</summary>
    public void Begin()
    {
        lock (gate)
            begun = true;
    }

    /// <summary>Keys have been pressed.</summary>
    public void Typed(ReadOnlySpan<byte> keys)
    {
        lock (gate)
        {
            var enters = keys.Count((byte)'\r') + keys.Count((byte)'\n');
            entered += enters;
            enteredSince += enters;
        }
    }

    /// <summary>The device has written to the screen.</summary>
    public void Shown(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            foreach (var one in bytes)
                Show(one);
        }
    }

    /// <summary>What was entered since this was last asked; empty when nothing was.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (gate)
        {
            IReadOnlyList<string> taken = missed == 0 ? [.. lines] : [.. lines, $"and {missed} more"];
            lines.Clear();
            missed = 0;
            return taken;
        }
    }

    /// <summary>What was entered since, at the end: also the line whose Enter the device has not answered any more.</summary>
    public IReadOnlyList<string> Rest()
    {
        lock (gate)
        {
            var unanswered = begun && enteredSince > 0 ? line.ToString().Trim() : "";
            return unanswered.Length > 0 ? [.. Take(), $"{unanswered} (entered; the device did not answer)"] : Take();
        }
    }

    private void Show(byte one)
    {
        switch (escape, one)
        {
            case (Escape.Begun, (byte)'['):
                escape = Escape.Control;
                return;
            case (Escape.Begun, (byte)']'):
                escape = Escape.Text;
                return;
            case (Escape.Begun, _):
            case (Escape.Control, >= 0x40 and <= 0x7E):
            case (Escape.Text, 0x07):
                escape = Escape.None;
                return;
            case (Escape.Control or Escape.Text, not (byte)'\n'):
                return;
        }

        escape = Escape.None;
        switch (one)
        {
            case 0x1B:
                escape = Escape.Begun;
                break;
            case (byte)'\n':
                EndLine();
                break;
            case 0x08 or 0x7F when line.Length > 0:
                line.Length--;
                break;
            case >= 0x20 when line.Length < LongestLine:
                line.Append(one < 0x7F ? (char)one : '?');
                break;
        }
    }

    private void EndLine()
    {
        var text = line.ToString().Trim();
        line.Clear();
        enteredSince = 0;
        if (!begun || entered == 0 || text.Length == 0)
            return;

        entered--;

        if (lines.Count < MostKept)
            lines.Add(text);
        else
            missed++;
    }
}
