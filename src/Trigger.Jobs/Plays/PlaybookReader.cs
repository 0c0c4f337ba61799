using Trigger.Hocon;
using Trigger.Sessions;

namespace Trigger.Jobs.Plays;

/// <summary>Reads a playbook, and gathers what is wrong with it.</summary>
internal sealed class PlaybookReader(Config config, IReadOnlyCollection<string> words, List<string> mistakes)
{
    private const int LongestCommand = 4096;
    private static readonly string[] Keys = ["name", "on", "steps", "steps-of", "init", "interval", "checks", "rules"];
    private static readonly string[] StepKeys = ["send", "expect", "answer", "answers", "timeout"];
    private static readonly string[] AnswerKeys = ["expect", "answer"];

    public Playbook Read(string fileName)
    {
        NothingElse(config, [.. Keys, .. words]);
        var stepsOf = new List<KeyValuePair<string, CommandSet>>();
        var kinds = config.HasPath("steps-of") ? Get(() => config.GetConfig("steps-of"), null) : null;
        foreach (var kind in kinds?.Keys ?? [])
            stepsOf.Add(new(kind, Set(kinds!, ConfigPath.Quoted(kind))));

        var steps = config.HasPath("steps") ? Set(config, "steps") : new CommandSet([]);
        if (steps.Commands.Count == 0 && stepsOf.Count == 0)
            mistakes.Add($"{config.Origin}: there are no steps. Write steps = [ \"show version\" ].");
        return new Playbook
        {
            Name = Get(() => config.GetString("name", fileName), fileName),
            On = Get(() => config.HasPath("on") ? config.GetString("on") : null, null),
            Steps = steps,
            StepsOf = stepsOf,
            Init = [.. Texts("init")],
            Interval = Get(() => config.HasPath("interval") ? config.GetDuration("interval") : (TimeSpan?)null, null),
            Checks = [.. Texts("checks")],
            Words = Words(),
        };
    }

    private Dictionary<string, string> Words()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Where(config.HasPath))
            found[word] = Get(() => config.GetString(word), "");
        if (!config.HasPath("rules") || Get(() => config.GetConfig("rules"), null) is not { } rules)
            return found;

        NothingElse(rules, words);
        foreach (var word in words.Where(rules.HasPath))
            found[word] = Get(() => rules.GetString(word), "");
        return found;
    }

    private CommandSet Set(Config from, string path)
    {
        if (from.GetValue(path) is not { Kind: ConfigValueKind.List } list)
        {
            mistakes.Add($"{from.OriginOf(path)}: steps are a list, such as [ \"show version\" ].");
            return new CommandSet([]);
        }

        var (commands, details) = (new List<string>(), new Dictionary<int, StepDetail>());
        foreach (var item in list.Items)
        {
            if (item.AsConfig() is not { } step)
                Take(item.Text ?? "", item.Origin, commands);
            else if (Step(step, commands) is { } detail)
                details.Add(commands.Count - 1, detail);
        }

        return new CommandSet(commands) { Details = details.Count == 0 ? null : details };
    }

    private StepDetail? Step(Config step, List<string> commands)
    {
        NothingElse(step, StepKeys);
        Take(Get(() => step.GetString("send", ""), "show"), step.Origin, commands);
        var answers = new List<StepAnswer>();
        if (step.HasPath("expect") || step.HasPath("answer"))
            Answer(step, answers);
        foreach (var one in step.HasPath("answers") ? Get(() => step.GetConfigList("answers"), []) : [])
        {
            NothingElse(one, AnswerKeys);
            Answer(one, answers);
        }

        var timeout = Get(() => step.HasPath("timeout") ? step.GetDuration("timeout") : (TimeSpan?)null, null);
        return answers.Count == 0 && timeout is null ? null : new StepDetail { Answers = answers.Count == 0 ? null : answers, Timeout = timeout };
    }

    private void Answer(Config from, List<StepAnswer> answers)
    {
        var answer = new StepAnswer(Get(() => from.GetString("expect", ""), "?"), Get(() => from.GetString("answer", ""), ""));
        if (!from.HasPath("answer"))
            mistakes.Add($"{from.Origin}: a question is expected, and there is no answer to it.");
        else if (answer.Mistake() is { } mistake)
            mistakes.Add($"{from.Origin}: {mistake}.");
        answers.Add(answer);
    }

    private void Take(string command, ConfigOrigin origin, List<string> commands)
    {
        var text = command.Trim();
        if (text.Length is 0 or > LongestCommand || text.Any(char.IsControl))
            mistakes.Add($"{origin}: a step is one line of printable text, {LongestCommand} characters at most.");
        commands.Add(text);
    }

    private IReadOnlyList<string> Texts(string path) => config.HasPath(path) ? Get(() => config.GetStringList(path), []) : [];

    // One mistake must not hide the others.
    private T Get<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (ConfigException bad)
        {
            mistakes.AddRange(bad.Mistakes.Select(mistake => mistake.ToString()));
            return otherwise;
        }
    }

    private void NothingElse(Config part, IReadOnlyCollection<string> known)
    {
        foreach (var key in part.Keys.Where(key => !known.Contains(key)))
            mistakes.Add($"{part.OriginOf(ConfigPath.Quoted(key))}: there is no key '{key}' here; there are {string.Join(", ", known)}.");
    }
}
