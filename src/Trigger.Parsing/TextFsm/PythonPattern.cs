using System.Globalization;
using System.Text;

namespace Trigger.Parsing.TextFsm;

/// <summary>
/// A regular expression of Python's <c>re</c>, written again for .NET. The two agree on almost everything; where they do not, a template would silently match something else, so
/// the pattern is read whole: groups are counted, classes are taken apart, and what Python refuses is refused here with the place.
/// </summary>
internal sealed class PythonPattern
{
    private readonly string text;
    private readonly StringBuilder output = new();
    private readonly List<string> groups = [""];
    private readonly List<string> named = [];
    private readonly bool refersByNumber;
    private int at;

    private PythonPattern(string text)
    {
        this.text = text;
        refersByNumber = RefersByNumber(text);
    }

    /// <summary>The named groups in the order in which they open.</summary>
    public IReadOnlyList<string> Names => named;

    /// <summary>The pattern for .NET, which matches only where a line begins, as Python's <c>match</c> does.</summary>
    public string Anchored => $@"\A(?:{output})";

    /// <exception cref="FormatException">What Python would refuse, and at which character.</exception>
    public static PythonPattern Read(string text)
    {
        var pattern = new PythonPattern(text);
        pattern.Alternatives(depth: 0);
        if (pattern.at < text.Length)
            throw pattern.Wrong("a ')' that nothing opened");
        return pattern;
    }

    private void Alternatives(int depth)
    {
        if (depth > 100)
            throw Wrong("groups more than 100 deep");
        while (at < text.Length && text[at] != ')')
        {
            if (text[at] == '|')
            {
                output.Append('|');
                at++;
                continue;
            }

            var start = output.Length;
            var repeatable = Atom(depth);
            Repeats(start, repeatable);
        }
    }

    /// <summary>One atom. False for what cannot be repeated: an anchor or nothing at all.</summary>
    private bool Atom(int depth)
    {
        switch (text[at])
        {
            case '(':
                return Group(depth);
            case '[':
                Class();
                return true;
            case '\\':
                return Escape();
            case '^' or '$':
                output.Append(text[at++]);
                return false;
            case '.':
                output.Append(text[at++]);
                return true;
            case '*' or '+' or '?':
                throw Wrong($"a '{text[at]}' with nothing to repeat");
            case '{' when Count() is not null:
                throw Wrong("a count with nothing to repeat");
            default:
                Literal(text[at++]);
                return true;
        }
    }

    private void Repeats(int start, bool repeatable)
    {
        if (at >= text.Length)
            return;
        var repeat = Repeat();
        if (repeat is null)
            return;
        if (!repeatable)
            throw Wrong("a repeat of what has no width");

        output.Append(repeat);
        if (at < text.Length && text[at] == '?')
        {
            output.Append('?');
            at++;
        }
        else if (at < text.Length && text[at] == '+')
        {
            // Possessive, since Python 3.11: what it took it never gives back, which .NET writes as an atomic group.
            output.Insert(start, "(?>").Append(')');
            at++;
        }

        if (at < text.Length && (text[at] is '*' or '+' or '?' || (text[at] == '{' && Count() is not null)))
            throw Wrong("a repeat of a repeat");
    }

    private string? Repeat()
    {
        if (text[at] is '*' or '+' or '?')
            return text[at++].ToString();
        if (text[at] != '{' || Count() is not { } count)
            return null;
        at += count.Length;
        if (count.Most is { } most && most < count.Least)
            throw Wrong("a count whose least is more than its most");
        return count.Exact ? $"{{{count.Least}}}" : $"{{{count.Least},{count.Most}}}";
    }

    // {m}, {m,}, {,n} and {m,n}; any other brace stands for itself.
    private (int Least, int? Most, bool Exact, int Length)? Count()
    {
        var end = text.IndexOf('}', at);
        if (end < 0 || end == at + 1)
            return null;
        var parts = text[(at + 1)..end].Split(',');
        if (parts.Length > 2 || parts.Any(part => !part.All(char.IsAsciiDigit)) || (parts.Length == 1 && parts[0].Length == 0))
            return null;
        if (parts.Any(part => part.Length > 5))
            throw Wrong("a count above 99999");
        var least = parts[0].Length == 0 ? 0 : int.Parse(parts[0], CultureInfo.InvariantCulture);
        if (parts.Length == 1)
            return (least, least, true, end - at + 1);
        return (least, parts[1].Length == 0 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture), false, end - at + 1);
    }

    private bool Group(int depth)
    {
        at++;
        if (at < text.Length && text[at] == '?')
            return Extension(depth);
        // Unnamed groups get a name only where a number refers to them: .NET counts them before the named ones, Python does not.
        groups.Add(string.Create(CultureInfo.InvariantCulture, $"__{groups.Count}"));
        output.Append(refersByNumber ? $"(?<{groups[^1]}>" : "(?:");
        Close(depth);
        return true;
    }

    private bool Extension(int depth)
    {
        var rest = text.AsSpan(at + 1);
        if (rest.StartsWith("P<"))
            return Named(depth);
        if (rest.StartsWith("P="))
            return BackByName();
        if (rest.StartsWith("#"))
            return Comment();
        if (rest.StartsWith("("))
            return Conditional(depth);
        foreach (var kind in (ReadOnlySpan<string>)["<=", "<!", ":", "=", "!", ">"])
        {
            if (!rest.StartsWith(kind))
                continue;
            output.Append("(?").Append(kind);
            at += 1 + kind.Length;
            Close(depth);
            return true;
        }

        return Flags(depth);
    }

    private bool Named(int depth)
    {
        at += 3;
        var name = Until('>');
        if (!IsIdentifier(name))
            throw Wrong($"a group named '{name}', which is no name");
        if (named.Contains(name))
            throw Wrong($"a second group named '{name}'");
        named.Add(name);
        groups.Add(name);
        output.Append("(?<").Append(name).Append('>');
        Close(depth);
        return true;
    }

    private bool BackByName()
    {
        at += 3;
        var name = Until(')');
        if (!named.Contains(name))
            throw Wrong($"a reference to '{name}', which no group before it is named");
        output.Append(@"(?:\k<").Append(name).Append(">)");
        return true;
    }

    private bool Comment()
    {
        Until(')');
        return false;
    }

    private bool Conditional(int depth)
    {
        at += 2;
        var which = Until(')');
        var name = int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number > 0 && number < groups.Count ? groups[number] : null : named.Contains(which) ? which : null;
        if (name is null)
            throw Wrong($"a condition on '{which}', which is no group before it");
        output.Append("(?(").Append(name).Append(')');
        Close(depth);
        return true;
    }

    private bool Flags(int depth)
    {
        var begin = at;
        at++;
        var flags = new string([.. text[at..].TakeWhile(c => char.IsAsciiLetter(c) || c == '-')]);
        at += flags.Length;
        if (flags.Length == 0 || flags.Any(c => !"aiLmsux-".Contains(c)) || at >= text.Length)
            throw Wrong("a group of a kind that Python does not know");
        if (flags.Contains('x'))
            throw Wrong("the flag x; write the pattern without blanks and comments");
        var kept = new string([.. flags.Where(c => c is 'i' or 'm' or 's' or '-')]);
        if (text[at] == ')')
        {
            if (begin != 1 || flags.Contains('-'))
                throw Wrong("flags for the whole pattern that do not stand at its beginning");
            at++;
            if (kept.Length > 0)
                output.Append("(?").Append(kept).Append(')');
            return false;
        }

        if (text[at] != ':')
            throw Wrong("flags that neither ':' nor ')' ends");
        at++;
        output.Append("(?").Append(kept == "-" ? "" : kept).Append(':');
        Close(depth);
        return true;
    }

    private void Close(int depth)
    {
        Alternatives(depth + 1);
        if (at >= text.Length)
            throw Wrong("a '(' that nothing closes");
        at++;
        output.Append(')');
    }

    private bool Escape()
    {
        var c = Escaped();
        switch (c)
        {
            case >= '1' and <= '9':
                return BackByNumber();
            case 'A' or 'b' or 'B':
                at++;
                output.Append('\\').Append(c);
                return false;
            case 'Z':
                // Python's end is the very end; .NET's \Z also stands before a last line feed.
                at++;
                output.Append(@"\z");
                return false;
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                at++;
                output.Append('\\').Append(c);
                return true;
            case '0':
                Literal(Octal());
                return true;
            default:
                Literal(Character(c));
                return true;
        }
    }

    private bool BackByNumber()
    {
        var digits = new string([.. text[at..].TakeWhile(char.IsAsciiDigit).Take(2)]);
        at += digits.Length;
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        if (number >= groups.Count)
            throw Wrong($"a reference to group {number}, which does not stand before it");
        output.Append(@"(?:\k<").Append(groups[number]).Append(">)");
        return true;
    }

    // The character after a backslash, which stays unread.
    private char Escaped()
    {
        at++;
        return at < text.Length ? text[at] : throw Wrong("a backslash at the end");
    }

    // One character by its escape.
    private char Character(char c)
    {
        at++;
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return Hexadecimal(2);
            case 'u': return Hexadecimal(4);
        }

        if (char.IsAsciiLetterOrDigit(c))
            throw Wrong($@"the escape '\{c}', which Python does not know");
        return c;
    }

    private char Hexadecimal(int digits)
    {
        if (at + digits > text.Length || !ushort.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Wrong($"an escape that lacks its {digits} hexadecimal digits");
        at += digits;
        return (char)code;
    }

    private char Octal()
    {
        var code = 0;
        for (var i = 0; i < 3 && at < text.Length && text[at] is >= '0' and <= '7'; i++)
            code = code * 8 + (text[at++] - '0');
        return (char)code;
    }

    private void Class()
    {
        var begin = at++;
        output.Append('[');
        if (at < text.Length && text[at] == '^')
            output.Append(text[at++]);
        for (var first = true; ; first = false)
        {
            if (at >= text.Length)
                throw Wrong($"a '[' (character {begin + 1}) that nothing closes");
            if (text[at] == ']' && !first)
                break;
            Member();
        }

        at++;
        output.Append(']');
    }

    // A character, a range of them, or one of \d \s \w; a '[' or a second '-' is itself, where .NET would begin a subtraction.
    private void Member()
    {
        var low = OneOfClass();
        if (at + 1 >= text.Length || text[at] != '-' || text[at + 1] == ']')
        {
            Put(low);
            return;
        }

        at++;
        var high = OneOfClass();
        if (low.Set is not null || high.Set is not null || high.Char < low.Char)
            throw Wrong("a range in a class that goes from nowhere to nowhere");
        Put(low);
        output.Append('-');
        Put(high);
    }

    private (char Char, string? Set) OneOfClass()
    {
        if (text[at] != '\\')
            return (text[at++], null);
        var c = Escaped();
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                at++;
                return (c, $@"\{c}");
            case 'b':
                at++;
                return ('\b', null);
            case >= '0' and <= '7':
                return (Octal(), null);
            default:
                return (Character(c), null);
        }
    }

    private void Put((char Char, string? Set) member)
    {
        if (member.Set is not null)
            output.Append(member.Set);
        else if (member.Char is '[' or ']' or '\\' or '^' or '-')
            output.Append('\\').Append(member.Char);
        else
            Literal(member.Char);
    }

    private void Literal(char c)
    {
        if (c is < ' ' or > '~')
            output.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}");
        else if (@"\*+?|{[()^$.#".Contains(c))
            output.Append('\\').Append(c);
        else
            output.Append(c);
    }

    private string Until(char end)
    {
        var stop = text.IndexOf(end, Math.Min(at, text.Length));
        if (stop < 0)
            throw Wrong($"a group that no '{end}' ends");
        var inside = text[at..stop];
        at = stop + 1;
        return inside;
    }

    private FormatException Wrong(string what) => new($"{what}, at character {Math.Min(at, text.Length) + 1}");

    internal static bool IsIdentifier(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c));

    private static bool RefersByNumber(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '\\' && text[++i] is >= '1' and <= '9')
                return true;
            if (text.AsSpan(i).StartsWith("(?(") && i + 3 < text.Length && char.IsAsciiDigit(text[i + 3]))
                return true;
        }

        return false;
    }
}
