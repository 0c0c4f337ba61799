using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Cli.Run;

/// <summary>What commands bring along: answers to questions, what is typed first, the time between two.</summary>
internal sealed class StepOptions
{
    private readonly Option<string[]> answer = new("--answer")
    {
        Description = "What to type when a command that changes something asks: 'QUESTION=>ANSWER', a pattern for the end of the line. Kept on record: no passwords.", HelpName = "ANSWER",
    };

    private readonly Option<string[]> init = new("--init") { Description = "A reading command to type first on every device, such as 'terminal width 132'.", HelpName = "COMMAND" };
    private readonly Option<string?> interval = new("--interval") { Description = "How long to wait between an answer and the next command.", HelpName = "TIME" };

    private readonly Option<string?> park = new("--park")
    {
        Description = "Keep a session whose device asks what nobody has foreseen for a person, so long (default 10m): trigger job parked, trigger job answer.", HelpName = "TIME", Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command command)
    {
        command.Add(park);
        command.Add(answer);
        command.Add(init);
        command.Add(interval);
    }

    public TimeSpan? Interval(ParseResult line, Mistakes mistakes) => Numbers.Time("--interval", line.GetValue(interval), mistakes);

    /// <summary>How long a question waits for a person, as it was written; null where nobody said so.</summary>
    public string? Park(ParseResult line) => line.GetResult(park) is null ? null : line.GetValue(park) ?? "10m";

    /// <summary>Null when no question waits.</summary>
    public TimeSpan? Park(ParseResult line, Mistakes mistakes) => (Park(line) ?? Configured.Settings.Text("run.park")) is { } text && text != "0" ? Numbers.Time("--park", text, mistakes) : null;

    /// <summary>Null for none.</summary>
    public IReadOnlyList<string>? Init(ParseResult line, IEnumerable<Platform> platforms, Mistakes mistakes) =>
        line.GetValue(init) is { Length: > 0 } commands && Reading("--init", commands, platforms, mistakes) ? commands : null;

    /// <summary>The answers, for every command that may change something on one of the platforms; null for none.</summary>
    public IReadOnlyDictionary<int, StepDetail>? Details(ParseResult line, IReadOnlyList<string> commands, SessionLanguage language, IReadOnlyList<Platform> platforms, Mistakes mistakes)
    {
        if (line.GetValue(answer) is not { Length: > 0 } given)
            return null;
        if (language == SessionLanguage.Netconf)
            mistakes.Add("--answer is for command lines; NETCONF asks nothing.");

        var answers = given.Select(text => Read(text, mistakes)).OfType<StepAnswer>().ToArray();
        var changes = Enumerable.Range(0, commands.Count).Where(step => platforms.Any(platform => !platform.MayRepeat(commands[step])));
        var details = changes.ToDictionary(step => step, _ => new StepDetail { Answers = answers });
        return details.Count == 0 ? null : details;
    }

    /// <summary>What is typed first, for a cluster to read.</summary>
    public (string[]? Init, string? Interval) Raw(ParseResult line) => (line.GetValue(init) is { Length: > 0 } commands ? commands : null, line.GetValue(interval));

    /// <summary>The answers, as they were written and could be read.</summary>
    public IReadOnlyList<StepAnswer> Answers(ParseResult line, Mistakes mistakes) => [.. (line.GetValue(answer) ?? []).Select(text => Read(text, mistakes)).OfType<StepAnswer>()];

    /// <summary>Nobody is asked before these are typed, and nothing is on record of them: so they must only read.</summary>
    public static bool Reading(string option, IEnumerable<string> commands, IEnumerable<Platform> platforms, Mistakes mistakes)
    {
        var before = mistakes.Count;
        foreach (var platform in platforms)
        {
            mistakes.Add(commands.Where(command => !platform.MayRepeat(command) && !platform.OnOpen.Contains(command))
                .Select(command => $"{option} '{Quoted.Command(command)}' is not known to only read on {platform.Id}; give it as a command."));
        }

        return mistakes.Count == before;
    }

    private static StepAnswer? Read(string text, Mistakes mistakes)
    {
        var at = text.IndexOf("=>", StringComparison.Ordinal);
        var answer = at < 0 ? null : new StepAnswer(text[..at].Trim(), text[(at + 2)..].Trim());
        var mistake = answer is null ? "write QUESTION=>ANSWER" : answer.Mistake();
        if (mistake is null)
            return answer;

        mistakes.Add($"--answer '{Quoted.Command(text)}': {mistake}.");
        return null;
    }
}
