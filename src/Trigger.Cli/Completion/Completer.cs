using System.CommandLine;
using System.CommandLine.Completions;

namespace Trigger.Cli.Completion;

/// <summary>What may stand where the cursor is.</summary>
internal static class Completer
{
    /// <summary>Tells a shell to complete the names of files by its own means.</summary>
    public const string Files = ":files";

    private static readonly string[] Places = ["FILE", "DIR", "PATH", "FILE,…"];
    /// <summary>What stands for the id of a platform.</summary>
    public const string Platform = "PLATFORM";

    /// <summary>What stands for the path of a setting.</summary>
    public const string Setting = "SETTING";

    private static readonly string[] Devices = ["DEVICE", "SELECTION", "HOST", "NAME,…"];

    /// <param name="words">What was typed behind the program's name; the last is the one being typed, and may be empty.</param>
    /// <param name="devices">The names of devices; asked only where one may stand.</param>
    /// <param name="named">The names of other things, by what stands for them in the help (<see cref="Platform"/>, <see cref="Setting"/>); asked only where one may stand.</param>
    /// <returns>Words that may stand there, some with a tab and a description behind them; or <see cref="Files"/> alone.</returns>
    public static IEnumerable<string> Complete(Command root, IReadOnlyList<string> words, Func<IEnumerable<string>> devices, Func<string, IEnumerable<string>>? named = null)
    {
        var typed = words.Count > 0 ? words[^1] : "";
        var (path, option, literal) = Walk(root, words.Take(words.Count - 1));
        if (option is null && typed.StartsWith("--", StringComparison.Ordinal) && typed.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            var head = typed[..(equals + 1)];
            return Named(path, typed[..equals]) is { } valued ? Values(valued.HelpName, Words(valued), typed[(equals + 1)..], devices, named).Select(value => value == Files ? value : head + value) : [];
        }

        if (option is not null)
            return Values(option.HelpName, Words(option), typed, devices, named);

        if (typed.StartsWith('-') && !literal)
            return Options(path).Where(pair => Begins(pair.Name, typed)).Select(pair => $"{pair.Name}\t{pair.Description}");

        var command = path[^1];
        var verbs = literal ? [] : command.Subcommands.Where(verb => !verb.Hidden && Begins(verb.Name, typed)).Select(verb => $"{verb.Name}\t{First(verb.Description)}");
        var own = command.Arguments.FirstOrDefault(argument => argument.HelpName is { } name && (Places.Contains(name) || Devices.Contains(name) || name is Platform or Setting))
            ?? command.Arguments.FirstOrDefault(argument => Words(argument).Count > 0);
        return own is null ? verbs : verbs.Concat(Values(own.HelpName, Words(own), typed, devices, named));
    }

    // Which verb one is in, and which option still wants its value.
    private static (List<Command> Path, Option? Option, bool Literal) Walk(Command root, IEnumerable<string> words)
    {
        var path = new List<Command> { root };
        Option? waiting = null;
        var literal = false;
        foreach (var word in words)
        {
            if (waiting is not null)
                waiting = null;
            else if (literal)
                continue;
            else if (word == "--")
                literal = true;
            else if (word.StartsWith('-'))
                waiting = Named(path, word) is { Arity.MaximumNumberOfValues: > 0 } option ? option : null;
            else if (path[^1].Subcommands.FirstOrDefault(verb => verb.Name == word || verb.Aliases.Contains(word)) is { } verb)
                path.Add(verb);
        }

        return (path, waiting, literal);
    }

    // The words that a choice may be; a yes or no is said by the option itself.
    private static IReadOnlyList<string> Words(Symbol choice) =>
        choice is Option { ValueType: var type } && type == typeof(bool) ? [] : [.. choice.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];

    private static IEnumerable<string> Values(string? kind, IReadOnlyList<string> words, string typed, Func<IEnumerable<string>> devices, Func<string, IEnumerable<string>>? named)
    {
        if (kind is Platform or Setting && named is not null)
            return named(kind).Where(name => Begins(name, typed));
        if (kind is not null && Devices.Contains(kind))
        {
            // Of a list only the last name is being typed.
            var head = kind == "NAME,…" ? typed[..(typed.LastIndexOf(',') + 1)] : "";
            return devices().Where(name => Begins(name, typed[head.Length..])).Select(name => head + name);
        }

        return kind is not null && Places.Contains(kind) ? [Files] : words.Where(word => Begins(word, typed));
    }

    private static Option? Named(List<Command> path, string word) => All(path).FirstOrDefault(option => option.Name == word || option.Aliases.Contains(word));

    private static IEnumerable<(string Name, string Description)> Options(List<Command> path) =>
        All(path).Where(option => !option.Hidden).Select(option => (option.Name, First(option.Description))).OrderBy(pair => pair.Name, StringComparer.Ordinal);

    // The verb's own, and those of the verbs above that reach down.
    private static IEnumerable<Option> All(List<Command> path) => path[^1].Options.Concat(path.Take(path.Count - 1).SelectMany(command => command.Options.Where(option => option.Recursive)));

    private static bool Begins(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static string First(string? description)
    {
        var text = description ?? "";
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
