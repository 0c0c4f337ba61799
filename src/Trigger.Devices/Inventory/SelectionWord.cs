using System.Text;

namespace Trigger.Devices.Inventory;

/// <summary>A word of a selection, taken apart at its first =, != or ~ outside quotes.</summary>
/// <param name="Column">From one.</param>
/// <param name="Text">The whole word without its quotes.</param>
/// <param name="Field">What stands before the sign; the whole word without one.</param>
/// <param name="Operator">The sign, or null for a name.</param>
/// <param name="Value">What stands after the sign.</param>
/// <param name="Quoted">A quoted "all" is a name.</param>
internal sealed record SelectionWord(int Column, string Text, string Field, string? Operator, string Value, bool Quoted)
{
    public bool IsPlain(string keyword) => !Quoted && Operator is null && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsOpening => !Quoted && Operator is null && Text == "(";

    public bool IsClosing => !Quoted && Operator is null && Text == ")";

    public static IEnumerable<SelectionWord> Split(string text, List<string> mistakes)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (IsSeparator(text[at]))
                at++;
            else if (text[at] is '(' or ')')
                yield return Parenthesis(text, at++);
            else if (Next(text, ref at, mistakes) is { } word)
                yield return word;
        }
    }

    private static SelectionWord Parenthesis(string text, int at) => new(at + 1, text[at].ToString(), text[at].ToString(), null, "", Quoted: false);

    private static SelectionWord? Next(string text, ref int at, List<string> mistakes)
    {
        var start = at;
        var field = new StringBuilder();
        var value = new StringBuilder();
        string? sign = null;
        var quoted = false;
        var open = 0;
        while (at < text.Length && !IsSeparator(text[at]))
        {
            // A regular expression has parentheses of its own; one more that closes is the selection's.
            open += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (open < 0)
                break;

            var part = sign is null ? field : value;
            if (text[at] is '"' or '\'')
            {
                var close = text.IndexOf(text[at], at + 1);
                if (close < 0)
                {
                    mistakes.Add($"Column {at + 1}: the quote that opens here is not closed.");
                    at = text.Length;
                    return null;
                }

                part.Append(text, at + 1, close - at - 1);
                at = close + 1;
                quoted = true;
            }
            else if (sign is null && SignAt(text, at) is { } found)
            {
                sign = found;
                at += found.Length;
            }
            else
            {
                part.Append(text[at++]);
            }
        }

        return new SelectionWord(start + 1, $"{field}{sign}{value}", field.ToString(), sign, value.ToString(), quoted);
    }

    private static string? SignAt(string text, int at) => text[at] switch
    {
        '=' => "=",
        '~' => "~",
        '!' when at + 1 < text.Length && text[at + 1] == '=' => "!=",
        _ => null,
    };

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c == ',';
}
