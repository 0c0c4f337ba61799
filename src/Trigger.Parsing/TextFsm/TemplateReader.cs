using System.Text;
using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>Reads a template: <c>Value</c> lines, a blank line, and states with their rules. It goes on after a mistake, so all of them are told at once.</summary>
internal sealed partial class TemplateReader
{
    private const int LongestName = 48;
    private static readonly TimeSpan RuleLimit = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly string[] lines;
    private readonly List<TemplateMistake> mistakes = [];
    private readonly List<TemplateValue> values = [];
    private readonly List<string> stateNames = [];
    private readonly Dictionary<string, List<TemplateRule>> states = new(StringComparer.Ordinal);

    public TemplateReader(string text, string path)
    {
        this.path = path;
        if (text.Length > Template.MostCharacters)
            throw new TemplateException([new TemplateMistake(path, 0, $"a template has at most {Template.MostCharacters} characters")]);
        // A file's lines, as opposed to a text's: what opens a template in Python has turned \r\n and \r into \n before.
        lines = text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
    }

    public Template Read()
    {
        var next = ReadValues();
        while (next < lines.Length)
            next = ReadState(next);
        Check();
        if (mistakes.Count > 0)
            throw new TemplateException(mistakes);
        return new Template(path, values, states.Where(state => state.Key != "End").ToDictionary(state => state.Key, state => (IReadOnlyList<TemplateRule>)state.Value, StringComparer.Ordinal));
    }

    private int ReadValues()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line.Length == 0)
                return i + 1;
            if (IsComment(line))
                continue;
            if (line.StartsWith("Value ", StringComparison.Ordinal))
                AddValue(line, i + 1);
            else
                Mistake(i + 1, values.Count == 0 ? "a template begins with lines as 'Value NAME (regex)'" : "a blank line has to stand between the values and the first state");
        }

        return lines.Length;
    }

    private void AddValue(string line, int number)
    {
        var words = line.Split(' ');
        if (words.Length < 3)
        {
            Mistake(number, "write 'Value [Option,…] NAME (regex)', with single blanks between");
            return;
        }

        var bare = words[2].StartsWith('(');
        var options = bare ? [] : Options(words[1], number);
        var name = bare ? words[1] : words[2];
        var pattern = string.Join(' ', words[(bare ? 2 : 3)..]);
        // A name that no rule could use is no mistake until one does: so it is in the original, and templates are shared.
        if (name.Length > LongestName)
            Mistake(number, $"the name '{name}' is longer than {LongestName} characters");
        else if (values.Any(value => value.Name == name))
            Mistake(number, $"a second value named '{name}'");
        if (!Parenthesised(pattern))
            Mistake(number, $"the pattern '{pattern}' of {name} has to stand in one pair of parentheses");
        else if (PatternOf(pattern, number) is { } read)
            values.Add(new TemplateValue(name, pattern, options)
            {
                PartNames = read.Names,
                Parts = read.Names.Count > 0 && options.Contains(ValueOption.List) ? Compile(read.Anchored, number) : null,
            });
    }

    private List<ValueOption> Options(string text, int number)
    {
        var options = new List<ValueOption>();
        foreach (var name in text.Split(','))
        {
            if (!Enum.TryParse<ValueOption>(name, ignoreCase: false, out var option) || option.ToString() != name)
                Mistake(number, $"'{name}' is no option; there are {string.Join(", ", Enum.GetNames<ValueOption>())}");
            else if (options.Contains(option))
                Mistake(number, $"the option {name} twice");
            else
                options.Add(option);
        }

        return options;
    }

    private static bool Parenthesised(string pattern) =>
        pattern.Length >= 2 && pattern[0] == '(' && pattern[^1] == ')' && pattern[^2] != '\\' && pattern.Count(c => c == '(') == pattern.Count(c => c == ')');

    private int ReadState(int i)
    {
        for (; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line.Length > 0 && !IsComment(line))
                break;
        }

        if (i == lines.Length)
            return i;
        var name = lines[i].TrimEnd();
        var rules = new List<TemplateRule>();
        if (!StateName().IsMatch(name) || name.Length > LongestName || Enum.GetNames<LineAction>().Contains(name) || Enum.GetNames<RecordAction>().Contains(name))
            Mistake(i + 1, $"'{name}' is no name for a state: letters, digits and _, at most {LongestName}, and no word of an action");
        else if (!states.TryAdd(name, rules))
            Mistake(i + 1, $"a second state '{name}'");
        else
            stateNames.Add(name);

        for (i++; i < lines.Length && lines[i].TrimEnd() is { Length: > 0 } line; i++)
        {
            if (IsComment(line))
                continue;
            if (!line.StartsWith(" ^", StringComparison.Ordinal) && !line.StartsWith("  ^", StringComparison.Ordinal) && !line.StartsWith("\t^", StringComparison.Ordinal))
                Mistake(i + 1, "a rule begins with one or two blanks, or a tab, and '^'");
            else if (Rule(line.Trim(), i + 1) is { } rule)
                rules.Add(rule);
        }

        return i + 1;
    }

    private TemplateRule? Rule(string line, int number)
    {
        var arrow = LastArrow().Match(line);
        var match = arrow.Success ? line[..arrow.Index] : line;
        var action = (Line: LineAction.Next, Record: RecordAction.NoRecord, Goto: (string?)null);
        if (arrow.Success)
        {
            if (RuleAction.Read(line[(arrow.Index + arrow.Length)..]) is not { } read)
            {
                Mistake(number, $"'->{line[(arrow.Index + arrow.Length)..]}' is no action; write as '-> Next.Record STATE'");
                return null;
            }

            action = read;
        }

        if (action is { Line: LineAction.Continue, Goto: not null })
            Mistake(number, $"Continue goes on in the same state, so it cannot go to '{action.Goto}'");
        if (action.Line != LineAction.Error && action.Goto?.StartsWith('"') == true)
            Mistake(number, $"only Error has a message; a state's name is letters, digits and _");
        if (Substitute(match, number) is not { } pattern || PatternOf(pattern, number) is not { } translated || Compile(translated.Anchored, number) is null)
            return null;
        return new TemplateRule(
            number,
            new RuleMatcher(translated.Anchored, RuleLimit),
            [.. translated.Names.Select(group => (group, values.FindIndex(value => value.Name == group))).Where(pair => pair.Item2 >= 0)],
            action.Line,
            action.Record,
            action.Goto);
    }

    // ${NAME} and $NAME stand for a value's pattern, and $$ for a dollar, as in Python's string.Template.
    private string? Substitute(string match, int number)
    {
        var output = new StringBuilder();
        var at = 0;
        foreach (Match dollar in Dollar().Matches(match))
        {
            output.Append(match, at, dollar.Index - at);
            at = dollar.Index + dollar.Length;
            if (dollar.Groups["escaped"].Success)
            {
                output.Append('$');
                continue;
            }

            var name = dollar.Groups["name"].Value;
            if (name.Length == 0)
            {
                Mistake(number, $"a '$' at character {dollar.Index + 1} that names no value; the end of a line is '$$'");
                return null;
            }

            if (values.Find(value => value.Name == name) is not { } known)
            {
                Mistake(number, $"'${{{name}}}', and there is no value of that name{Near(name)}");
                return null;
            }

            output.Append(known.Named);
        }

        return output.Append(match, at, match.Length - at).ToString();
    }

    private string Near(string name) =>
        values.Find(value => value.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } alike ? $"; '{alike.Name}' is spelled otherwise" : "";

    private PythonPattern? PatternOf(string pattern, int number)
    {
        try
        {
            return PythonPattern.Read(pattern);
        }
        catch (FormatException wrong)
        {
            Mistake(number, $"the pattern '{pattern}' has {wrong.Message}");
            return null;
        }
    }

    private Regex? Compile(string pattern, int number)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, RuleLimit);
        }
        catch (ArgumentException wrong)
        {
            Mistake(number, $"the pattern is refused: {wrong.Message}");
            return null;
        }
    }

    private void Check()
    {
        if (mistakes.Count > 0)
            return;
        if (!states.ContainsKey("Start"))
            Mistake(0, "there is no state 'Start'");
        foreach (var last in (ReadOnlySpan<string>)["End", "EOF"])
        {
            if (states.GetValueOrDefault(last)?.FirstOrDefault() is { } rule)
                Mistake(rule.Line, $"the state {last} has no rules of its own");
        }

        foreach (var rule in states.Values.SelectMany(rules => rules))
        {
            if (rule.LineAction != LineAction.Error && rule.Goto is not (null or "End" or "EOF") && !states.ContainsKey(rule.Goto))
                Mistake(rule.Line, $"goes to the state '{rule.Goto}', and there is none; there are {string.Join(", ", stateNames)}");
        }
    }

    private void Mistake(int line, string text) => mistakes.Add(new TemplateMistake(path, line, text));

    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex StateName();

    // The last one: an arrow may also be something that devices print.
    [GeneratedRegex(@"\s->", RegexOptions.RightToLeft)]
    private static partial Regex LastArrow();

    [GeneratedRegex(@"\$(?:(?<escaped>\$)|(?<name>[_a-zA-Z][_a-zA-Z0-9]*)|\{(?<name>[_a-zA-Z][_a-zA-Z0-9]*)\}|)")]
    private static partial Regex Dollar();
}
