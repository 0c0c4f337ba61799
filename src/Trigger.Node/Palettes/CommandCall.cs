using Trigger.Devices;

namespace Trigger.Node.Palettes;

/// <summary>The words behind a console command: names, and options as <c>--name value</c>, <c>--name=value</c>, or <c>-n value</c>.</summary>
public sealed class CommandCall
{
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<Secret> secrets;

    private CommandCall(IReadOnlyList<string> words, Security.Caller caller, IReadOnlyList<Secret> secrets)
    {
        Words = words;
        Caller = caller;
        this.secrets = secrets;
    }

    /// <summary>Those that are no options.</summary>
    public IReadOnlyList<string> Words { get; }

    public Security.Caller Caller { get; }

    /// <summary>What an option says; "" when it is there without a value; null when it is not there.</summary>
    public string? this[string option] => options.GetValueOrDefault(option);

    /// <summary>The options that were given.</summary>
    public IEnumerable<string> Options => options.Keys;

    /// <summary>Secrets that whoever typed the command was asked for; never words of it. Ask before anything is done: the command begins again once they are there.</summary>
    /// <param name="questions">What to ask, such as <c>Password: </c>.</param>
    /// <returns>One for each question. The console's to dispose.</returns>
    public IReadOnlyList<Secret> Secrets(params IReadOnlyList<string> questions) => secrets.Count == questions.Count ? secrets : throw new SecretNeededException(questions);

    public static CommandCall Parse(IReadOnlyList<string> arguments, Security.Caller caller, IReadOnlyList<Secret>? secrets = null)
    {
        var words = new List<string>();
        var call = new CommandCall(words, caller, secrets ?? []);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-') || argument.Length < 2)
            {
                words.Add(argument);
                continue;
            }

            var name = argument.TrimStart('-');
            if (name.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                call.options[name[..at]] = name[(at + 1)..];
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-'))
                call.options[name] = arguments[++i];
            else
                call.options[name] = "";
        }

        return call;
    }

    /// <summary>A number from an option.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public int Number(string option, int otherwise) => this[option] switch
    {
        null => otherwise,
        var text when int.TryParse(text, out var number) && number >= 0 => number,
        var text => throw new CommandException($"--{option} is '{text}'; it must be a whole number."),
    };

    /// <summary>The only word.</summary>
    /// <exception cref="CommandException">There is none, or more than one.</exception>
    public string Only(string what) => Words is [var word] ? word : throw new CommandException($"Say {what}, and nothing else.");
}
