using System.Globalization;

namespace Trigger.Cli.Importing;

/// <summary>
/// Reads the assignments of a Python file without running any of it: literals, names that were assigned before, and the few calls that settings are written with. Whatever else
/// stands there is listed.
/// </summary>
internal sealed class PythonSettings
{
    private const int Deepest = 64;

    private static readonly string[] Silent = ["import", "from", "pass", "__all__", "__author__", "__version__"];

    private readonly PythonScanner scanner;
    private readonly Func<string, string?> variable;
    private readonly Dictionary<string, (PythonValue Value, int Line)> values = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Name)> untaken = [];

    private PythonSettings(string text, Func<string, string?> variable)
    {
        scanner = new PythonScanner(text);
        this.variable = variable;
    }

    /// <summary>By name, with the line of the assignment; the last one counts.</summary>
    public IReadOnlyDictionary<string, (PythonValue Value, int Line)> Values => values;

    /// <summary>What is program and not text: the name assigned to, or the word that the statement begins with.</summary>
    public IReadOnlyList<(int Line, string Name)> Untaken => untaken;

    public static PythonSettings Read(string text, Func<string, string?> variable)
    {
        var settings = new PythonSettings(text, variable);
        settings.Statements();
        return settings;
    }

    private void Statements()
    {
        while (!scanner.AtEnd)
        {
            var indented = scanner.Here is ' ' or '\t';
            scanner.Blanks(lines: false);
            if (scanner.Here == '\n')
            {
                scanner.Step();
                continue;
            }

            // An indented line belongs to a program above, which is listed already.
            if (!indented && !scanner.AtEnd)
                Statement();
            scanner.ToStatementEnd();
        }
    }

    private void Statement()
    {
        if (scanner.AtString())
            return; // The file's own description.

        var (line, name) = (scanner.Line, scanner.Word());
        scanner.Blanks(lines: false);
        if (scanner.Here == '=' && scanner.Ahead(1) != '=')
        {
            scanner.Step();
            if (Sum(0, lines: false) is { } value && Ends())
                values[name] = (value, line);
            else
                untaken.Add((line, name));
        }
        else if (!Silent.Contains(name))
        {
            untaken.Add((line, name.Length == 0 ? scanner.Here.ToString() : name));
        }
    }

    private bool Ends()
    {
        scanner.Blanks(lines: false);
        return scanner.AtEnd || scanner.Here is '\n' or ';';
    }

    // Texts joined by + are one, and so are whole numbers by *: "5 * 60".
    private PythonValue? Sum(int depth, bool lines)
    {
        var value = Term(depth, lines);
        while (value is not null)
        {
            scanner.Blanks(lines);
            var sign = scanner.Here;
            if (sign is not ('+' or '*'))
                return value;
            scanner.Step();
            value = (value, Term(depth, lines)) switch
            {
                (PythonValue.Number left, PythonValue.Number right) => Product(sign, left.Value, right.Value),
                _ when sign == '*' => null,
                (PythonValue.Text left, PythonValue.Text right) => new PythonValue.Text(left.Value + right.Value),
                (PythonValue.List left, PythonValue.List right) => new PythonValue.List([.. left.Items, .. right.Items]),
                _ => null,
            };
        }

        return value;
    }

    private static PythonValue.Number? Product(char sign, string left, string right) =>
        sign == '*' && int.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var a) && int.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b)
            ? new PythonValue.Number(((long)a * b).ToString(CultureInfo.InvariantCulture))
            : null;

    private PythonValue? Term(int depth, bool lines)
    {
        scanner.Blanks(lines);
        if (depth > Deepest)
            return null;
        if (scanner.AtString())
            return Strings(lines);

        return scanner.Here switch
        {
            '[' => Sequence(depth, ']'),
            '(' => Parenthesis(depth),
            '{' => Braces(depth),
            '-' or (>= '0' and <= '9') => Number(),
            var c when char.IsLetter(c) || c == '_' => Name(depth, lines),
            _ => null,
        };
    }

    private PythonValue.Text? Strings(bool lines)
    {
        var text = "";
        while (scanner.AtString())
        {
            if (scanner.String() is not { } part)
                return null;
            text += part;
            scanner.Blanks(lines);
        }

        return new PythonValue.Text(text);
    }

    private PythonValue.Number? Number()
    {
        var sign = scanner.Here == '-' ? "-" : "";
        if (sign.Length > 0)
            scanner.Step();
        var digits = scanner.Word().Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? new PythonValue.Number(sign + digits) : null;
    }

    private PythonValue? Name(int depth, bool lines)
    {
        var name = scanner.Word();
        scanner.Blanks(lines);
        if (scanner.Here == '(')
            return Called(name, depth);
        if (scanner.Here == '[')
            return Sequence(depth, ']') is { Items: [PythonValue.Text key] } && name == "os.environ" && variable(key.Value) is { } said ? new PythonValue.Text(said) : null;

        return name switch
        {
            "True" => new PythonValue.Flag(true),
            "False" => new PythonValue.Flag(false),
            "None" => new PythonValue.None(),
            _ => values.TryGetValue(name, out var known) ? known.Value : null,
        };
    }

    private PythonValue? Called(string name, int depth)
    {
        scanner.Step();
        var (arguments, named) = (new List<PythonValue>(), new Dictionary<string, PythonValue>(StringComparer.Ordinal));
        for (scanner.Blanks(lines: true); scanner.Here != ')'; scanner.Blanks(lines: true))
        {
            var keyword = Keyword();
            if (Sum(depth + 1, lines: true) is not { } value)
                return null;
            if (keyword is null)
                arguments.Add(value);
            else
                named[keyword] = value;
            if (!Comma(')'))
                return null;
        }

        scanner.Step();
        return Outcome(new PythonValue.Call(name, arguments, named));
    }

    // "green=" in front of an argument.
    private string? Keyword()
    {
        if (scanner.AtString() || !char.IsLetter(scanner.Here))
            return null;

        var mark = scanner.Mark;
        var word = scanner.Word();
        scanner.Blanks(lines: true);
        if (scanner.Here == '=' && scanner.Ahead(1) != '=')
        {
            scanner.Step();
            return word;
        }

        scanner.Mark = mark;
        return null;
    }

    private PythonValue.List? Sequence(int depth, char close)
    {
        scanner.Step();
        var items = new List<PythonValue>();
        for (scanner.Blanks(lines: true); scanner.Here != close; scanner.Blanks(lines: true))
        {
            if (Sum(depth + 1, lines: true) is not { } item)
                return null;
            items.Add(item);
            if (!Comma(close))
                return null;
        }

        scanner.Step();
        return new PythonValue.List(items);
    }

    // One value in parentheses is that value; a comma makes a tuple of it.
    private PythonValue? Parenthesis(int depth)
    {
        scanner.Step();
        var (items, commas) = (new List<PythonValue>(), 0);
        for (scanner.Blanks(lines: true); scanner.Here != ')'; scanner.Blanks(lines: true))
        {
            if (Sum(depth + 1, lines: true) is not { } item)
                return null;
            items.Add(item);
            scanner.Blanks(lines: true);
            if (scanner.Here == ')')
                break;
            if (!Comma(')'))
                return null;
            commas++;
        }

        scanner.Step();
        return items.Count == 1 && commas == 0 ? items[0] : new PythonValue.List(items);
    }

    private PythonValue? Braces(int depth)
    {
        scanner.Step();
        var (pairs, items) = (new List<(PythonValue, PythonValue)>(), new List<PythonValue>());
        for (scanner.Blanks(lines: true); scanner.Here != '}'; scanner.Blanks(lines: true))
        {
            if (Sum(depth + 1, lines: true) is not { } key)
                return null;
            scanner.Blanks(lines: true);
            if (scanner.Here != ':')
            {
                items.Add(key);
            }
            else
            {
                scanner.Step();
                if (Sum(depth + 1, lines: true) is not { } value)
                    return null;
                pairs.Add((key, value));
            }

            if (!Comma('}'))
                return null;
        }

        scanner.Step();
        return items.Count == 0 ? new PythonValue.Map(pairs) : pairs.Count == 0 ? new PythonValue.List(items) : null;
    }

    private bool Comma(char close)
    {
        scanner.Blanks(lines: true);
        if (scanner.Here == close)
            return true;
        var comma = scanner.Here == ',';
        scanner.Step();
        return comma;
    }

    // What calls come to whose outcome can be told; any other stays a call, for whoever knows its name.
    private PythonValue? Outcome(PythonValue.Call call) => call switch
    {
        { Name: "os.path.join" } when call.Arguments.All(part => part is PythonValue.Text) => new PythonValue.Text(Path.Combine([.. call.Arguments.Cast<PythonValue.Text>().Select(part => part.Value)])),
        { Name: "os.environ.get" or "os.getenv", Arguments: [PythonValue.Text name] } => variable(name.Value) is { } said ? new PythonValue.Text(said) : new PythonValue.None(),
        { Name: "os.environ.get" or "os.getenv", Arguments: [PythonValue.Text name, var otherwise] } => variable(name.Value) is { } said ? new PythonValue.Text(said) : otherwise,
        { Name: "os.path.expanduser" or "os.path.abspath" or "str" or "IPy.IP" or "IP", Arguments: [PythonValue.Text text] } => text,
        { Name: "set" or "list" or "tuple" or "frozenset" or "sorted", Arguments: [PythonValue.List list] } => list,
        { Name: "dict", Arguments: [], Named: var named } => new PythonValue.Map([.. named.Select(pair => ((PythonValue)new PythonValue.Text(pair.Key), pair.Value))]),
        _ => call,
    };
}
